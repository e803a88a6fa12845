package io.github.autoencoder4j.datasets.internal.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Another channel, to be read only. */
class ReadOnlyChannel implements SeekableByteChannel {

  private final SeekableByteChannel channel;

  ReadOnlyChannel(SeekableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    return channel.read(buffer);
  }

  @Override
  public final int write(ByteBuffer buffer) {
    throw new NonWritableChannelException();
  }

  @Override
  public final long position() throws IOException {
    return channel.position();
  }

  @Override
  public final SeekableByteChannel position(long position) throws IOException {
    channel.position(position);
    return this;
  }

  @Override
  public final long size() throws IOException {
    return channel.size();
  }

  @Override
  public final SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public final boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
