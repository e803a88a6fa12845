package io.github.autoencoder4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.github.autoencoder4j.architecture.Modules.CORE;
import static io.github.autoencoder4j.architecture.Modules.DATASETS;
import static io.github.autoencoder4j.architecture.Modules.EXAMPLES;
import static io.github.autoencoder4j.architecture.Modules.ROOT;
import static io.github.autoencoder4j.architecture.Modules.RUNTIME;
import static io.github.autoencoder4j.architecture.Modules.VIZ;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.File;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.lang.reflect.Executable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.NullMarked;
import org.nd4j.linalg.factory.Nd4j;

/** The shape of the code that no compiler holds: modules, floors, rooms and what is banned. */
@AnalyzeClasses(packages = ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  // Modules

  @ArchTest
  static final ArchRule datasetsSeeNeitherVizNorExamples =
      noClasses()
          .that(Modules.of(DATASETS))
          .should()
          .dependOnClassesThat(Modules.of(VIZ).or(Modules.of(EXAMPLES)));

  @ArchTest
  static final ArchRule vizSeesNeitherDatasetsNorExamples =
      noClasses()
          .that(Modules.of(VIZ))
          .should()
          .dependOnClassesThat(Modules.of(DATASETS).or(Modules.of(EXAMPLES)));

  @ArchTest
  static final ArchRule coreSeesNoOtherModule =
      noClasses()
          .that(Modules.of(CORE))
          .should()
          .dependOnClassesThat(Modules.of(DATASETS).or(Modules.of(VIZ)).or(Modules.of(EXAMPLES)));

  @ArchTest
  static final ArchRule theRuntimeSeesNoOtherModule =
      noClasses()
          .that(Modules.of(RUNTIME))
          .should()
          .dependOnClassesThat(
              describe(
                  "are in another module",
                  type -> Modules.isOurs(type) && !Modules.moduleOf(type).equals(RUNTIME)));

  @ArchTest
  static final ArchRule theRuntimeIsPlainJava =
      noClasses()
          .that(Modules.of(RUNTIME))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.nd4j..",
              "org.deeplearning4j..",
              "org.bytedeco..",
              "org.ejml..",
              "com.google..",
              "org.apache..",
              "sun.misc..",
              "java.lang.foreign..")
          .because("it is small, and runs where native code and Unsafe are denied");

  /** A package in two jars would end the module path, and hide which of them has what. */
  @ArchTest
  static void noPackageIsInTwoModules(JavaClasses all) {
    Map<String, Set<String>> places = new TreeMap<>();
    for (JavaClass type : all) {
      String uri = type.getSource().orElseThrow().getUri().toString();
      String place = uri.substring(0, uri.indexOf(type.getPackageName().replace('.', '/')));
      places.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>()).add(place);
    }
    assertThat(places).hasSizeGreaterThan(30).allSatisfy((name, in) -> assertThat(in).hasSize(1));
  }

  @ArchTest
  static final ArchRule internalPackagesStayInTheirModule =
      classes()
          .should(
              notDependOn(
                  "the internals of another module",
                  dependency ->
                      Modules.isInternal(dependency.getTargetClass())
                              && !sameModule(
                                  dependency.getOriginClass(), dependency.getTargetClass())
                              && !Modules.isShared(dependency)
                              && !Modules.isBuiltOnTheRuntime(dependency)
                          ? Optional.of("is internal to its module")
                          : Optional.empty()));

  /** An exception that nobody needs any more would be a hole in the rule above. */
  @ArchTest
  static void whatIsSharedIsUsed(JavaClasses all) {
    assertThat(all.that(Modules.of(DATASETS)).stream())
        .anyMatch(
            type -> type.getDirectDependenciesFromSelf().stream().anyMatch(Modules::isShared));
  }

  @ArchTest
  static final ArchRule examplesUseThePublicApiOnly =
      noClasses()
          .that(Modules.of(EXAMPLES))
          .should()
          .dependOnClassesThat(resideInAPackage(ROOT + "..internal.."));

  // Floors

  @ArchTest
  static final ArchRule everyPackageHasAFloor =
      classes()
          .that(Modules.of(CORE).or(Modules.of(RUNTIME)))
          .should(
              new ArchCondition<>("stand on a floor") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  if (Modules.floorOf(type).isEmpty()) {
                    events.add(
                        SimpleConditionEvent.violated(
                            type,
                            type.getName()
                                + " is in a package without a floor: see Modules.CORE_FLOORS"));
                  }
                }
              });

  @ArchTest
  static final ArchRule floorsImportNoHigherFloor =
      classes()
          .that(Modules.of(CORE).or(Modules.of(RUNTIME)))
          .should(
              notDependOn(
                  "a higher floor",
                  dependency -> {
                    JavaClass target = dependency.getTargetClass();
                    int from = Modules.floorOf(dependency.getOriginClass()).orElse(0);
                    int to = Modules.floorOf(target).orElse(0);
                    return to > from
                        ? Optional.of("stands on floor " + to + ", above floor " + from)
                        : Optional.empty();
                  }));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      SlicesRuleDefinition.slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                  return Modules.isOurs(type)
                      ? SliceIdentifier.of(type.getPackageName())
                      : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                  return "packages";
                }
              })
          .should()
          .beFreeOfCycles();

  // Rooms

  @ArchTest
  static final ArchRule deeplearning4jStaysInTheEngine =
      noClasses()
          .that(
              not(resideInAPackage(ROOT + ".internal.engine.."))
                  .and(not(name(ROOT + ".Dl4j")))
                  // The judges of samples and codes are meant to know nothing of autoencoders.
                  .and(not(nameStartingWith(ROOT + ".examples.mnist.DigitClassifier")))
                  .and(not(nameStartingWith(ROOT + ".examples.proof.LinearClassifier"))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.deeplearning4j..")
          .because("only the engine knows it, and Dl4j is the door to it");

  @ArchTest
  static final ArchRule nd4jStaysInTheEngine =
      noClasses()
          .that(
              Modules.libraries()
                  .and(not(resideInAPackage(ROOT + ".internal.engine..")))
                  .and(not(name(ROOT + ".Dl4j")))
                  // Its products of matrices.
                  .and(not(nameStartingWith(ROOT + ".internal.numerics.Products"))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.nd4j..")
          .because("only the engine knows it, and Dl4j is the door to it");

  @ArchTest
  static final ArchRule publicSignaturesNameNeither =
      noClasses()
          .that(
              Modules.libraries()
                  .and(not(resideInAPackage(ROOT + "..internal..")))
                  .and(not(name(ROOT + ".Dl4j"))))
          .should(
              new ArchCondition<>("name types of ND4J or Deeplearning4j where others see them") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  if (!type.getModifiers().contains(JavaModifier.PUBLIC)) {
                    return;
                  }
                  Stream.concat(
                          type.getCodeUnits().stream()
                              .filter(unit -> isSeen(unit.getModifiers()))
                              .flatMap(unit -> unit.getAllInvolvedRawTypes().stream()),
                          type.getFields().stream()
                              .filter(field -> isSeen(field.getModifiers()))
                              .flatMap(field -> field.getAllInvolvedRawTypes().stream()))
                      .filter(
                          seen ->
                              seen.getPackageName().startsWith("org.nd4j")
                                  || seen.getPackageName().startsWith("org.deeplearning4j"))
                      .forEach(
                          seen ->
                              events.add(
                                  SimpleConditionEvent.violated(
                                      type, type.getName() + " shows " + seen.getName())));
                }
              });

  private static boolean isSeen(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  @ArchTest
  static final ArchRule everyPackageOfTheDataSetsIsARoom =
      classes()
          .that(Modules.of(DATASETS))
          .should(
              new ArchCondition<>("be public API or in a room") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  if (!Modules.hasItsRoom(type)) {
                    events.add(
                        SimpleConditionEvent.violated(
                            type, type.getName() + " is in no room: see Modules.SIGHTS"));
                  }
                }
              });

  @ArchTest
  static final ArchRule roomsOfTheDataSetsSeeWhatIsDrawn =
      classes()
          .that(Modules.of(DATASETS))
          .should(
              notDependOn(
                  "rooms that they may not see",
                  dependency ->
                      Modules.maySee(dependency)
                          ? Optional.empty()
                          : Optional.of("is not to be seen from there: see Modules.SIGHTS")));

  @ArchTest
  static final ArchRule jacksonStaysWhereJsonIsWritten =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + ".internal.model..", ROOT + ".viz.page..", ROOT + ".examples.runner..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule ejmlStaysInTheNumerics =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".internal.numerics..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.ejml..");

  // Banned from the libraries

  @ArchTest
  static final ArchRule librariesKeepOffTheStandardStreams =
      noClasses()
          .that(
              Modules.libraries()
                  // Its progress() is asked for by name, and would be seen by nobody elsewhere.
                  .and(not(name(ROOT + ".training.Training"))))
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
          .because("a library speaks through SLF4J and exceptions");

  @ArchTest
  static final ArchRule librariesLeaveTheJvmRunning =
      noClasses()
          .that(Modules.libraries())
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule librariesLogThroughSlf4j =
      noClasses()
          .that(Modules.libraries())
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule librariesReadNoSerializedObjects =
      noClasses()
          .that(Modules.libraries())
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ObjectInputStream.class)
          .because("a crafted file must not choose which code runs");

  @ArchTest
  static final ArchRule whatReadsFilesMakesNoObjectsByName =
      noClasses()
          .that(
              Modules.libraries()
                  // Which backend runs a model, its owner chooses by the class path, before it is
                  // read.
                  .and(not(nameStartingWith(ROOT + ".internal.inference.Models"))))
          .should(
              new ArchCondition<>("make objects by names, or let others do so") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  type.getAccessesFromSelf()
                      .forEach(
                          access ->
                              events.add(
                                  new SimpleConditionEvent(
                                      access,
                                      MAKERS.matcher(access.getTarget().getFullName()).find(),
                                      access.getDescription())));
                }
              })
          .because("a crafted file must not choose which code runs");

  /** Java's, Jackson's, ND4J's and Deeplearning4j's ways from bytes to objects of any class. */
  private static final Pattern MAKERS =
      Pattern.compile(
          "java\\.lang\\.Class\\.(forName|newInstance)|ClassLoader\\.loadClass|ObjectInputStream"
              + "|java\\.util\\.ServiceLoader|java\\.beans\\.XMLDecoder"
              + "|\\.(activate|enable|set)DefaultTyping|JsonTypeInfo"
              + "|com\\.fasterxml\\..*\\.(readValue|readValues|treeToValue|convertValue|readerFor)\\("
              + "|ModelSerializer|SerializationUtils|org\\.nd4j\\.serde"
              + "|org\\.nd4j\\.linalg\\.factory\\.Nd4j\\.(read|load|createFromNpy|createNpy)"
              + "|org\\.deeplearning4j\\..*\\.(fromJson|fromYaml)\\(");

  @ArchTest
  static void theListOfMakersHoldsThem(JavaClasses all) throws Exception {
    // Names as access targets give them; a rule with a misspelt name would hold for ever.
    for (Executable method :
        List.of(
            Class.class.getMethod("forName", String.class),
            ClassLoader.class.getMethod("loadClass", String.class),
            ObjectInputStream.class.getMethod("readObject"),
            ObjectMapper.class.getMethod("readValue", byte[].class, Class.class),
            ObjectMapper.class.getMethod("activateDefaultTyping", PolymorphicTypeValidator.class),
            ModelSerializer.class.getMethod("restoreMultiLayerNetwork", File.class),
            MultiLayerConfiguration.class.getMethod("fromJson", String.class),
            Nd4j.class.getMethod("read", InputStream.class))) {
      assertThat(method.getDeclaringClass().getName() + "." + method.getName() + "(")
          .containsPattern(MAKERS);
    }
    assertThat("com.fasterxml.jackson.databind.json.JsonMapper.readValue([B, java.lang.Class)")
        .containsPattern(MAKERS);
    assertThat("com.fasterxml.jackson.databind.json.JsonMapper.readTree([B)")
        .doesNotContainPattern(MAKERS);
  }

  // Packages

  @ArchTest
  static void librariesAreNullMarked(JavaClasses all) {
    List<String> unmarked =
        all.that(Modules.libraries()).stream()
            .map(JavaClass::getPackageName)
            .distinct()
            .filter(
                packageName ->
                    !all.contain(packageName + ".package-info")
                        || !all.get(packageName + ".package-info")
                            .isAnnotatedWith(NullMarked.class))
            .sorted()
            .toList();

    assertThat(unmarked).as("packages without a @NullMarked package-info").isEmpty();
  }

  @ArchTest
  static void theRulesSeeTheLibraries(JavaClasses all) {
    assertThat(all.that(Modules.of(CORE))).isNotEmpty();
    assertThat(all.that(Modules.of(RUNTIME))).isNotEmpty();
  }

  private static boolean sameModule(JavaClass one, JavaClass other) {
    return Modules.moduleOf(one).equals(Modules.moduleOf(other));
  }

  /** Checks each dependency between classes of ours; what the function returns is the objection. */
  private static ArchCondition<JavaClass> notDependOn(
      String what, Function<Dependency, Optional<String>> objection) {
    return new ArchCondition<>("not depend on " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> Modules.isOurs(dependency.getTargetClass()))
            .forEach(
                dependency ->
                    objection
                        .apply(dependency)
                        .ifPresent(
                            reason ->
                                events.add(
                                    SimpleConditionEvent.violated(
                                        dependency,
                                        dependency.getDescription()
                                            + ": "
                                            + dependency.getTargetClass().getName()
                                            + " "
                                            + reason))));
      }
    };
  }
}
