package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.training.Training;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Native memory has a bound of its own, whatever the heap. */
class SmallHeapTest {

  private static final String LIMIT = "org.bytedeco.javacpp.maxphysicalbytes";

  @TempDir Path folder;

  private String output(String... options) throws Exception {
    File out = folder.resolve("out").toFile();
    Process child =
        ChildJvm.of(Ordinary.class, List.of(options), folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(out)
            .start();
    ChildJvm.ended(child, 3);
    return Files.readString(out.toPath());
  }

  @Test
  void ordinaryUseFitsBesideAHeapOf64Megabytes() throws Exception {
    assertThat(output("-Xmx64m")).contains("all is well, limit 1073741824");
  }

  @Test
  void aBoundThatSomebodySetIsKept() throws Exception {
    assertThat(output("-Xmx64m", "-D" + LIMIT + "=3g"))
        .contains("all is well, limit " + (3L << 30));
    assertThat(output("-Xmx64m", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"))
        .contains("all is well, limit 0");
    assertThat(output("-Xmx512m")).contains("all is well, limit " + (4L << 29));
  }

  @Test
  @EnabledOnOs(OS.LINUX) // where a process of 60 MB has none of this in it
  void aBoundThatIsTooLowSaysHowToRaiseIt() throws Exception {
    assertThat(output("-Xmx64m", "-D" + LIMIT + "=60m"))
        .contains("OutOfMemoryError: native memory has run out")
        .contains("JavaCPP allows it 60 MB")
        .contains("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
  }

  /** Trains, saves, loads and encodes. */
  static final class Ordinary {
    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[0], "ordinary.aemodel");
      ImageSource data = TinyData.noise(500, 784, 1);
      try (Autoencoder autoencoder = Autoencoder.dense().hidden(1024, 512).bottleneck(8).build()) {
        autoencoder.fit(data, Training.epochs(2));
        autoencoder.save(file);
      }
      try (Autoencoder autoencoder = Autoencoder.load(file)) {
        autoencoder.evaluate(data);
        autoencoder.encode(data);
      }
      System.out.println("all is well, limit " + Pointer.maxPhysicalBytes());
    }
  }
}
