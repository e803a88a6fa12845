package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.testing.DiskFaults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;

/** A disk that fails as it is told. */
final class FaultyDisk extends Disk {

  private final DiskFaults faults;

  FaultyDisk(DiskFaults faults) {
    this.faults = faults;
  }

  @Override
  public FileChannel create(Path file, FileAttribute<?>... attributes) throws IOException {
    return faults.create(file, path -> super.create(path, attributes));
  }

  @Override
  public void write(FileChannel file, ByteBuffer bytes) throws IOException {
    faults.write(file, bytes, some -> super.write(file, some));
  }

  @Override
  public void force(FileChannel file) throws IOException {
    faults.force(file, super::force);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    faults.rename(from, to, super::rename);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    faults.forceFolder(folder, super::forceFolder);
  }

  @Override
  public void delete(Path file) throws IOException {
    faults.delete(file, super::delete);
  }
}
