package io.github.autoencoder4j.datasets.internal.picture;

import io.github.autoencoder4j.datasets.SkippedFile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;

/** Makes picture files of all kinds. */
public final class PictureFixture {

  private PictureFixture() {}

  /** One colour all over. */
  public static BufferedImage plain(int width, int height, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  /** Red at the top left, green at the top right, blue at the bottom left, white elsewhere. */
  public static BufferedImage corners(int width, int height) {
    BufferedImage image = plain(width, height, 0xFFFFFF);
    for (int y = 0; y < height / 2; y++) {
      for (int x = 0; x < width / 2; x++) {
        image.setRGB(x, y, 0xFF0000);
        image.setRGB(width - 1 - x, y, 0x00FF00);
        image.setRGB(x, height - 1 - y, 0x0000FF);
      }
    }
    return image;
  }

  public static byte[] png(RenderedImage image) {
    return encode("png", image);
  }

  public static byte[] jpeg(RenderedImage image) {
    return encode("jpeg", image);
  }

  public static byte[] encode(String format, RenderedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static byte[] progressiveJpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    return write(writer, new IIOImage(image, null, null), param);
  }

  /** The same file with a header that tells of another process, such as 0xC3 for lossless. */
  public static byte[] recoded(byte[] jpeg, int process) {
    byte[] file = jpeg.clone();
    for (int i = 2; ; i += 2 + (file[i + 2] & 0xFF) * 256 + (file[i + 3] & 0xFF)) {
      if (file[i + 1] == (byte) 0xC0) {
        file[i + 1] = (byte) process;
        return file;
      }
    }
  }

  /** The same file with an Exif segment that asks for a rotation. */
  public static byte[] oriented(byte[] jpeg, int orientation) {
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      18,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    return inserted(jpeg, 2, exif);
  }

  /** Four inks all over, stored inverted as Adobe does. */
  public static byte[] cmykJpeg(int cyan, int magenta, int yellow, int black) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 32, 32, 4, null);
    int[] inverted = {255 - cyan, 255 - magenta, 255 - yellow, 255 - black};
    for (int i = 0; i < 32 * 32; i++) {
      raster.setPixel(i % 32, i / 32, inverted);
    }
    ImageWriter jdk =
        StreamSupport.stream(
                ((Iterable<ImageWriter>) () -> ImageIO.getImageWritersByFormatName("jpeg"))
                    .spliterator(),
                false)
            .filter(writer -> writer.getClass().getName().startsWith("com.sun"))
            .findFirst()
            .orElseThrow();
    byte[] adobe = {
      (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };
    return inserted(write(jdk, new IIOImage(raster, null, null), null), 2, adobe);
  }

  public static byte[] animatedGif(BufferedImage... frames) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (BufferedImage frame : frames) {
        IIOMetadata metadata =
            writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(frame), null);
        writer.writeToSequence(new IIOImage(frame, null, metadata), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  public static Path write(Path folder, String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<String> files(List<SkippedFile> skipped) {
    return skipped.stream().map(SkippedFile::file).toList();
  }

  private static byte[] write(ImageWriter writer, IIOImage image, ImageWriteParam param)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, image, param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  public static byte[] inserted(byte[] bytes, int position, byte[] more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, position);
    out.writeBytes(more);
    out.write(bytes, position, bytes.length - position);
    return out.toByteArray();
  }
}
