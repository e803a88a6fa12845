package io.github.autoencoder4j.datasets.internal.drawing;

import io.github.autoencoder4j.datasets.internal.drawing.Canvas.Colour;
import io.github.autoencoder4j.datasets.internal.drawing.Canvas.Surface;
import io.github.autoencoder4j.random.RandomStream;

/** Draws one dog: breed, coat, pose, background and light, all from one stream of chance. */
final class SyntheticDog {

  private static final Surface DARK = Surface.plain(Colour.rgb(0x1A1412), 0.1f, 20);
  private static final Surface GLINT = Surface.plain(Colour.rgb(0xFFFFFF), 0, 1);
  private static final Surface TONGUE = Surface.plain(Colour.rgb(0xD87078), 0.1f, 20);

  private final RandomStream chance;
  private final SyntheticBreed breed;
  private final SyntheticBreed.Coat coat;
  private final Canvas canvas;

  // From the dog's own coordinates, with the origin between its shoulders, to the picture's.
  private final float centreX;
  private final float centreY;
  private final float scale;
  private final float mirror;
  private final float rollCos;
  private final float rollSin;

  private SyntheticDog(RandomStream chance, SyntheticBreed breed) {
    this.chance = chance;
    this.breed = breed;
    this.coat = breed.coat(chance);
    this.canvas = new Canvas(chance.nextInt(), between(-1.2f, 1.2f), between(-1.2f, -0.2f));
    this.centreX = between(0.4f, 0.6f);
    this.centreY = between(0.46f, 0.58f);
    this.scale = between(0.8f, 1.25f);
    this.mirror = chance.nextBoolean() ? 1 : -1;
    double roll = between(-0.2f, 0.2f);
    this.rollCos = (float) StrictMath.cos(roll);
    this.rollSin = (float) StrictMath.sin(roll);
  }

  /** The class of a dog, an index into {@link SyntheticBreed#CLASS_NAMES}. */
  static int label(long seed, int index) {
    return RandomStream.of(seed, "synthetic breed", index)
        .nextInt(SyntheticBreed.CLASS_NAMES.size());
  }

  /**
   * Draws a dog.
   *
   * @return 64x64 RGB bytes, plane by plane
   */
  static byte[] draw(long seed, int index) {
    RandomStream chance = RandomStream.of(seed, "synthetic dog", index);
    SyntheticDog dog = new SyntheticDog(chance, SyntheticBreed.ALL.get(label(seed, index)));
    dog.background();
    switch (chance.nextInt(4)) {
      case 0 -> dog.sitting();
      case 1 -> dog.standing();
      case 2 -> dog.lying();
      default -> dog.portrait();
    }
    return dog.canvas.develop(
        dog.between(1.05f, 1.35f),
        dog.between(0.8f, 1.2f),
        dog.between(0.92f, 1.08f),
        dog.between(0, 0.03f));
  }

  private void background() {
    switch (chance.nextInt(6)) {
      case 0 -> scene(0x9CC4E8, 0x5E8C3A, 0.3f, 0.8f); // meadow
      case 1 -> scene(0xD8CFC0, 0x8A6A48, 0.15f, 0.4f); // room
      case 2 -> scene(0xB8D4E8, 0xD8C49A, 0.2f, 0.5f); // beach
      case 3 -> scene(0xC8D4E0, 0xEEF2F6, 0.1f, 0.2f); // snow
      case 4 -> scene(0x2E4A2A, 0x4A5A2E, 0.9f, 0.9f); // forest
      default -> scene(0x8C8C90, 0x707074, 0.1f, 0.2f); // studio
    }
  }

  private void scene(int above, int below, float textureAbove, float textureBelow) {
    Colour tint = anyColour();
    Colour far = Colour.rgb(above).mix(tint, between(0, 0.5f)).times(between(0.6f, 1.1f));
    Colour near = Colour.rgb(below).mix(tint, between(0, 0.4f)).times(between(0.6f, 1.1f));
    canvas.fill(
        new Surface(
            far, far.times(between(0.4f, 1)), between(0, 0.6f), textureAbove, between(4, 12), 1, 0),
        new Surface(
            near,
            near.times(between(0.4f, 1)),
            between(0, 0.6f),
            textureBelow,
            between(12, 30),
            0.6f,
            0),
        between(0.25f, 0.75f),
        between(0.02f, 0.2f));
    for (int left = chance.nextInt(12); left > 0; left--) {
      Colour colour = near.mix(anyColour(), between(0.2f, 1)).times(between(0.4f, 1.2f));
      canvas.egg(
          between(0, 1),
          between(0, 0.8f),
          between(0.02f, 0.25f),
          between(0.04f, 0.4f),
          1,
          0,
          between(0, 0.5f),
          new Surface(colour, colour, 0, between(0, 0.8f), between(8, 30), 1, between(0, 0.4f)));
    }
  }

  /** Any colour, but rarely a loud one. */
  private Colour anyColour() {
    float grey = chance.nextFloat();
    Colour loud = new Colour(chance.nextFloat(), chance.nextFloat(), chance.nextFloat());
    return new Colour(grey, grey, grey).mix(loud, 0.6f * chance.nextFloat());
  }

  private void portrait() {
    part(0, 0.5f, 0.3f * breed.build, 0.42f, 0, 0, coat.main());
    part(0, 0.42f, 0.14f, 0.25f, 0, 0.2f, coat.accent());
    frontalHead(0, -0.05f, between(1.3f, 1.9f));
  }

  private void sitting() {
    canvas.shadow(centreX, centreY + 0.36f * scale, 0.35f * scale, 0.08f, 0.5f);
    float broad = breed.build;
    tail(0.2f * broad, 0.3f, between(-1.2f, -0.2f));
    part(-0.16f * broad, 0.27f, 0.1f, 0.11f, 0.2f, 0, coat.main());
    part(0.16f * broad, 0.27f, 0.1f, 0.11f, -0.2f, 0, coat.main());
    part(0, 0.14f, 0.18f * broad, 0.26f, 0, -0.2f, coat.main());
    part(0, 0.08f, 0.09f * broad, 0.15f, 0, 0.3f, coat.accent());
    leg(-0.07f * broad, 0.26f, 0.15f);
    leg(0.07f * broad, 0.26f, 0.15f);
    frontalHead(between(-0.04f, 0.04f), -0.17f, between(0.85f, 1.1f));
  }

  private void standing() {
    canvas.shadow(centreX, centreY + 0.34f * scale, 0.4f * scale, 0.07f, 0.5f);
    float broad = breed.build;
    float stride = between(-0.05f, 0.05f);
    leg(-0.15f - stride, 0.22f, 0.16f);
    leg(0.24f + stride, 0.22f, 0.16f);
    tail(0.3f, 0.0f, between(-1.6f, 0.6f));
    part(0.05f, 0.06f, 0.13f * broad, 0.29f, 1.57f, 0.15f, coat.main());
    part(-0.14f, 0.06f, 0.12f * broad, 0.15f, 0.1f, 0.1f, coat.main());
    part(0.24f, 0.09f, 0.1f * broad, 0.15f, -0.2f, 0.3f, coat.main());
    leg(-0.18f + stride, 0.23f, 0.16f);
    leg(0.27f - stride, 0.23f, 0.16f);
    part(-0.2f, -0.06f, 0.08f * broad, 0.16f, -0.5f, -0.2f, coat.main());
    profileHead(-0.27f, -0.2f, between(0.9f, 1.1f));
  }

  private void lying() {
    canvas.shadow(centreX, centreY + 0.3f * scale, 0.45f * scale, 0.1f, 0.5f);
    float broad = breed.build;
    tail(0.36f, 0.2f, between(0.8f, 1.6f));
    part(0.12f, 0.16f, 0.14f * broad, 0.3f, 1.5f, 0.1f, coat.main());
    part(0.27f, 0.19f, 0.12f, 0.12f, 0, 0, coat.main());
    part(-0.1f, 0.12f, 0.14f * broad, 0.18f, 0.2f, 0, coat.main());
    part(-0.1f, 0.16f, 0.08f, 0.12f, 0.2f, 0, coat.accent());
    part(-0.22f, 0.27f, 0.04f, 0.16f, 1.4f, 0, coat.accent());
    part(-0.14f, 0.3f, 0.04f, 0.16f, 1.6f, 0, coat.main());
    if (chance.nextBoolean()) {
      frontalHead(-0.12f, -0.08f, between(0.9f, 1.1f));
    } else {
      profileHead(-0.16f, -0.06f, between(0.9f, 1.1f));
    }
  }

  private void leg(float x, float y, float length) {
    part(x, y, 0.04f * breed.build, length, 0, 0.2f, coat.main());
    part(x - 0.01f, y + length * 0.9f, 0.045f, 0.03f, 0, 0, coat.accent());
  }

  private void tail(float x, float y, float angle) {
    float length = between(0.12f, 0.2f);
    float sin = (float) StrictMath.sin(angle);
    float cos = (float) StrictMath.cos(angle);
    part(x - sin * length, y + cos * length, 0.04f, length, angle, 0.5f, coat.main());
  }

  private void frontalHead(float x, float y, float size) {
    float turn = between(-0.04f, 0.04f) * size;
    float wide = 0.13f * size;
    boolean behind =
        breed.ears == SyntheticBreed.Ears.PRICKED || breed.ears == SyntheticBreed.Ears.BAT;
    if (behind) {
      ears(x, y, size);
    }
    part(x, y, wide, 0.14f * size, 0, 0.15f, coat.main());
    part(x + turn * 0.5f, y - 0.06f * size, 0.035f * size, 0.07f * size, 0, 0, coat.accent());
    float nose = y + (0.045f + 0.035f * breed.muzzle) * size;
    if (chance.nextInt(3) == 0) {
      part(x + turn, nose + 0.09f * size, 0.025f * size, 0.05f * size, 0, 0, TONGUE);
    }
    part(
        x + turn,
        nose + 0.015f * size,
        0.065f * size,
        (0.05f + 0.02f * breed.muzzle) * size,
        0,
        0.1f,
        coat.accent());
    part(x + turn, nose, 0.026f * size, 0.02f * size, 0, 0.3f, DARK);
    part(x + turn - 0.006f * size, nose - 0.008f * size, 0.006f * size, 0.005f * size, 0, 0, GLINT);
    part(x + turn, nose + 0.045f * size, 0.006f * size, 0.03f * size, 0, 0, DARK);
    eye(x + turn - 0.055f * size, y - 0.02f * size, size);
    eye(x + turn + 0.055f * size, y - 0.02f * size, size);
    if (!behind) {
      ears(x, y, size);
    }
  }

  private void profileHead(float x, float y, float size) {
    boolean behind =
        breed.ears == SyntheticBreed.Ears.PRICKED || breed.ears == SyntheticBreed.Ears.BAT;
    if (behind) {
      ear(x + 0.04f * size, y - 0.02f * size, size, 0.25f);
    }
    float length = 0.085f * breed.muzzle * size;
    part(x, y, 0.1f * size, 0.11f * size, 0.2f, 0, coat.main());
    part(
        x - 0.07f * size - length * 0.6f,
        y + 0.04f * size,
        0.05f * size,
        length + 0.05f * size,
        1.45f,
        0.35f,
        coat.accent());
    part(
        x - 0.1f * size - length * 1.4f,
        y + 0.025f * size,
        0.022f * size,
        0.02f * size,
        0,
        0,
        DARK);
    eye(x - 0.05f * size, y - 0.025f * size, size);
    if (!behind) {
      ear(x + 0.05f * size, y, size, -0.15f);
    }
  }

  private void eye(float x, float y, float size) {
    part(x, y, 0.018f * size, 0.016f * size, 0, 0, DARK);
    part(x - 0.005f * size, y - 0.006f * size, 0.005f * size, 0.005f * size, 0, 0, GLINT);
  }

  private void ears(float x, float y, float size) {
    float tilt = between(-0.15f, 0.15f);
    ear(x - 0.1f * size, y - 0.04f * size, size, -tilt - 0.3f);
    ear(x + 0.1f * size, y - 0.04f * size, size, tilt + 0.3f);
  }

  /** Hangs or stands an ear at its root; a positive angle leans it to the right. */
  private void ear(float x, float y, float size, float angle) {
    switch (breed.ears) {
      case FLOPPY ->
          part(x, y + 0.05f * size, 0.04f * size, 0.1f * size, -angle, -0.3f, coat.ear());
      case LONG -> part(x, y + 0.09f * size, 0.05f * size, 0.14f * size, -angle, -0.4f, coat.ear());
      case BUTTON ->
          part(x, y - 0.05f * size, 0.04f * size, 0.055f * size, angle, 0.3f, coat.ear());
      case PRICKED -> upright(x, y, size, angle, 0.05f, 0.12f);
      case BAT -> upright(x, y, size, angle * 1.8f, 0.07f, 0.14f);
    }
  }

  private void upright(float x, float y, float size, float angle, float wide, float high) {
    // An egg narrows downwards, so an upright ear is one turned by half a circle.
    float turned = angle + (float) Math.PI;
    part(x, y - 0.09f * size, wide * size, high * size, turned, 0.85f, coat.ear());
    part(x, y - 0.07f * size, wide * 0.5f * size, high * 0.7f * size, turned, 0.85f, coat.accent());
  }

  /** Paints a part of the body, given in the dog's own coordinates. */
  private void part(
      float x, float y, float across, float along, float angle, float taper, Surface surface) {
    float mx = mirror * x;
    double turned = mirror * angle;
    float cos = (float) StrictMath.cos(turned);
    float sin = (float) StrictMath.sin(turned);
    // A negative taper narrows the upper end: the same egg, turned by half a circle.
    float flip = taper < 0 ? -1 : 1;
    canvas.egg(
        centreX + scale * (mx * rollCos - y * rollSin),
        centreY + scale * (mx * rollSin + y * rollCos),
        scale * across,
        scale * along,
        flip * (cos * rollCos - sin * rollSin),
        flip * (sin * rollCos + cos * rollSin),
        Math.abs(taper),
        surface);
  }

  private float between(float low, float high) {
    return low + chance.nextFloat() * (high - low);
  }
}
