package boot;

import io.github.autoencoder4j.runtime.Encoder;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Encodes samples by a saved model, in plain Java: {@code java -jar codes.jar --model=FILE}. */
@SpringBootApplication
public class Codes {

  public static void main(String[] args) {
    SpringApplication.run(Codes.class, args);
  }

  /** Thread-safe, so one for all requests; Spring closes it. */
  @Bean
  Encoder encoder(@Value("${model}") Path model) {
    return Encoder.load(model);
  }

  @RestController
  static class CodesController {

    private final Encoder encoder;

    CodesController(Encoder encoder) {
      this.encoder = encoder;
    }

    @PostMapping("/encode")
    float[] encode(@RequestBody float[] sample) {
      try {
        return encoder.encode(sample);
      } catch (IllegalArgumentException e) {
        throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
      }
    }
  }
}
