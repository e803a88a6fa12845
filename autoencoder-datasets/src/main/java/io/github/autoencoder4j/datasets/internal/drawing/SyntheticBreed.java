package io.github.autoencoder4j.datasets.internal.drawing;

import io.github.autoencoder4j.datasets.internal.drawing.Canvas.Colour;
import io.github.autoencoder4j.datasets.internal.drawing.Canvas.Surface;
import io.github.autoencoder4j.random.RandomStream;
import java.util.List;

/** Kinds of drawn dogs, told apart by coat, ears, muzzle and build as real breeds are. */
enum SyntheticBreed {
  RETRIEVER("synthetic retriever", Ears.FLOPPY, 1.0f, 1.0f, 0.25f, 22, 3, 0.25f),
  LABRADOR("synthetic labrador", Ears.FLOPPY, 1.0f, 1.1f, 0.10f, 16, 1, 0.05f),
  SHEPHERD("synthetic shepherd", Ears.PRICKED, 1.25f, 1.0f, 0.25f, 22, 3, 0.2f),
  POODLE("synthetic poodle", Ears.LONG, 1.1f, 0.9f, 0.40f, 20, 1, 0.45f),
  TERRIER("synthetic terrier", Ears.BUTTON, 0.8f, 0.85f, 0.45f, 26, 5, 0.4f),
  CHIHUAHUA("synthetic chihuahua", Ears.BAT, 0.7f, 0.8f, 0.10f, 16, 1, 0.05f),
  SPANIEL("synthetic spaniel", Ears.LONG, 0.9f, 0.95f, 0.25f, 18, 3, 0.3f),
  HUSKY("synthetic husky", Ears.PRICKED, 1.0f, 1.05f, 0.22f, 24, 2, 0.3f);

  /** Shapes of ears. */
  enum Ears {
    FLOPPY,
    LONG,
    BUTTON,
    PRICKED,
    BAT
  }

  /** All breeds, in the order of the labels. */
  static final List<SyntheticBreed> ALL = List.of(values());

  /** The class names, in the same order. */
  static final List<String> CLASS_NAMES = ALL.stream().map(breed -> breed.className).toList();

  final Ears ears;

  /** The length of the muzzle; 1 is usual. */
  final float muzzle;

  /** The width of the body; 1 is usual. */
  final float build;

  private final String className;
  private final float texture;
  private final float grain;
  private final float stretch;
  private final float fray;

  SyntheticBreed(
      String className,
      Ears ears,
      float muzzle,
      float build,
      float texture,
      float grain,
      float stretch,
      float fray) {
    this.className = className;
    this.ears = ears;
    this.muzzle = muzzle;
    this.build = build;
    this.texture = texture;
    this.grain = grain;
    this.stretch = stretch;
    this.fray = fray;
  }

  /** One dog's coat: most of it, and what is lighter or darker at muzzle, ears and legs. */
  record Coat(Surface main, Surface accent, Surface ear) {}

  /** Draws a coat as this breed has them. */
  Coat coat(RandomStream chance) {
    return switch (this) {
      case RETRIEVER -> coat(chance, 0xC8924E, 0xE6C48E, 0.2f, 0xB57A3A);
      case LABRADOR -> {
        int colour = new int[] {0x2A2624, 0xE3CFA4, 0x5A3A22}[chance.nextInt(3)];
        yield coat(chance, colour, colour, 0, colour);
      }
      case SHEPHERD -> coat(chance, 0xA8743C, 0x2B2420, 0.55f, 0x33291F);
      case POODLE -> {
        int colour = new int[] {0xF2EEE6, 0xD9A878, 0x2E2A2C, 0x8D8A8C}[chance.nextInt(4)];
        yield coat(chance, colour, colour, 0, colour);
      }
      case TERRIER -> coat(chance, 0x4A4E58, 0xB98850, 0.35f, 0xA87840);
      case CHIHUAHUA -> coat(chance, 0xC79A66, 0xF0E2CC, 0.15f, 0xB58450);
      case SPANIEL -> coat(chance, 0xF2EEE8, 0x7A3E1E, 0.45f, 0x7A3E1E);
      case HUSKY -> coat(chance, 0x6E727A, 0xF2F2F2, 0.3f, 0x54575E);
    };
  }

  private Coat coat(RandomStream chance, int main, int accent, float patches, int ear) {
    float shade = 0.8f + 0.4f * chance.nextFloat();
    float amount = patches == 0 ? 0 : Math.max(0.05f, patches + 0.3f * (chance.nextFloat() - 0.5f));
    Colour first = Colour.rgb(main).times(shade);
    Colour second = Colour.rgb(accent).times(shade);
    return new Coat(
        new Surface(first, second, amount, texture, grain, stretch, fray),
        new Surface(second, first, 0.1f, texture * 0.7f, grain, stretch, fray),
        new Surface(
            Colour.rgb(ear).times(shade * 0.92f), first, 0.1f, texture, grain, stretch, fray));
  }
}
