package io.github.autoencoder4j.spark;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.ObjectInputStream;

/** The rules of the house for this module, which the other tests of them do not see. */
@AnalyzeClasses(
    packages = "io.github.autoencoder4j.spark",
    importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

  @ArchTest
  static final ArchRule usesThePublicApiOnly =
      noClasses()
          .should()
          .dependOnClassesThat(resideInAPackage("io.github.autoencoder4j..internal.."));

  @ArchTest
  static final ArchRule knowsNoEngine =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule keepsOffTheStandardStreams =
      noClasses().should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule readsNoSerializedObjects =
      noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);
}
