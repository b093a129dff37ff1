package io.jackfield.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What uses what: names to the names that they depend on. There are no cycles, see {@link LayeringTest}.
 *
 * @param uses sorted, with an entry for each name
 */
record PackageGraph(Map<String, Set<String>> uses) {

    /** The packages of a module by the rest of their names, its root and other modules by their whole names. */
    static PackageGraph of(Library module) {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : JackfieldClasses.ALL) {
            if (owner(type).filter(module::equals).isPresent()) {
                Set<String> used = uses.computeIfAbsent(label(type, module), name -> new TreeSet<>());
                type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass())
                        .filter(target -> owner(target).isPresent())
                        .map(target -> label(target, module))
                        .filter(label -> !label.equals(label(type, module)))
                        .forEach(used::add);
            }
        }
        return closed(uses);
    }

    /** The modules. */
    static PackageGraph ofModules() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (Library module : Library.values()) {
            Set<String> used = uses.computeIfAbsent(module.moduleName, name -> new TreeSet<>());
            of(module).uses.keySet().stream()
                    .filter(label -> isModule(label) && !label.equals(module.moduleName))
                    .forEach(used::add);
        }
        return closed(uses);
    }

    /** The same without arrows that others imply. */
    PackageGraph reduced() {
        Map<String, Set<String>> reduced = new TreeMap<>();
        uses.forEach((name, used) -> {
            Set<String> direct = new TreeSet<>(used);
            for (String between : used) {
                direct.removeAll(reachable(between));
            }
            reduced.put(name, direct);
        });
        return new PackageGraph(reduced);
    }

    private Set<String> reachable(String from) {
        Set<String> found = new TreeSet<>();
        for (String next : uses.get(from)) {
            found.add(next);
            found.addAll(reachable(next));
        }
        return found;
    }

    /** How far a name is from those that use nothing. */
    int depth(String name) {
        return uses.get(name).stream().mapToInt(used -> depth(used) + 1).max().orElse(0);
    }

    static boolean isModule(String label) {
        return Arrays.stream(Library.values()).anyMatch(module -> module.moduleName.equals(label));
    }

    private static PackageGraph closed(Map<String, Set<String>> uses) {
        for (Set<String> used : Set.copyOf(uses.values())) {
            used.forEach(name -> uses.computeIfAbsent(name, unknown -> new TreeSet<>()));
        }
        return new PackageGraph(uses);
    }

    private static Optional<Library> owner(JavaClass type) {
        return Arrays.stream(Library.values())
                .filter(module -> (type.getPackageName() + ".").startsWith(module.moduleName + "."))
                .findFirst();
    }

    private static String label(JavaClass type, Library from) {
        Library owner = owner(type).orElseThrow();
        if (owner != from) {
            return owner.moduleName;
        }
        String rest = type.getPackageName().substring(owner.moduleName.length());
        return rest.isEmpty() ? owner.moduleName : rest.substring(1);
    }
}
