package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.testing.DiskFaults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A disk that fails as it is told. */
final class FaultyDisk extends Disk {

  private final DiskFaults faults;

  FaultyDisk(DiskFaults faults) {
    this.faults = faults;
  }

  @Override
  FileChannel create(Path file) throws IOException {
    return faults.create(file, super::create);
  }

  @Override
  int writeSome(FileChannel file, ByteBuffer bytes, long position) throws IOException {
    int before = bytes.position();
    faults.write(file, bytes, some -> super.writeSome(file, some, position));
    return bytes.position() - before;
  }

  @Override
  void force(FileChannel file) throws IOException {
    faults.force(file, super::force);
  }

  @Override
  void rename(Path from, Path to) throws IOException {
    faults.rename(from, to, super::rename);
  }

  @Override
  void forceFolder(Path folder) throws IOException {
    faults.forceFolder(folder, super::forceFolder);
  }

  @Override
  void delete(Path file) throws IOException {
    faults.delete(file, super::delete);
  }
}
