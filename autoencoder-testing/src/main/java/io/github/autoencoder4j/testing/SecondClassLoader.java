package io.github.autoencoder4j.testing;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Loads some of the classes on the class path again, as a server does for each web application that
 * brings them, and shares the others.
 */
public final class SecondClassLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final Predicate<String> own;

  /** Loads this library again, and what tests it. */
  public SecondClassLoader() {
    this(name -> name.startsWith("io.github.autoencoder4j."));
  }

  /**
   * Loads chosen classes again.
   *
   * @param own tells by the name of a class whether it is loaded again, or else shared
   */
  public SecondClassLoader(Predicate<String> own) {
    super(classPath(), SecondClassLoader.class.getClassLoader());
    this.own = own;
  }

  private static URL[] classPath() {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      try {
        urls.add(Path.of(entry).toUri().toURL());
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(entry, e);
      }
    }
    return urls.toArray(new URL[0]);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!own.test(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  /**
   * Calls a static method of a class as this loader loads it.
   *
   * @param type the class, of which only the name counts
   * @param method its name; it takes a text
   * @param argument the text
   * @return what it returns
   */
  public Object call(Class<?> type, String method, String argument)
      throws ReflectiveOperationException {
    var found = loadClass(type.getName()).getDeclaredMethod(method, String.class);
    found.setAccessible(true);
    return found.invoke(null, argument);
  }
}
