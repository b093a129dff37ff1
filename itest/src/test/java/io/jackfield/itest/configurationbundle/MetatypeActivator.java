package io.jackfield.itest.configurationbundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Tells a test what the Metatype service knows of a bundle: what a web console shows. */
public final class MetatypeActivator implements BundleActivator {

    /** Service property of the function. */
    public static final String DOES = "does";

    /** Describes a bundle: for each PID, and factory PID, its attributes. */
    public static final String DESCRIBE = "describe";

    /** Called by the framework. */
    public MetatypeActivator() {}

    @Override
    public void start(BundleContext context) {
        BiFunction<Bundle, String, List<Map<String, Object>>> describe = (bundle, pid) -> {
            MetaTypeService service = context.getService(context.getServiceReference(MetaTypeService.class));
            return describe(service.getMetaTypeInformation(bundle), pid);
        };
        context.registerService(BiFunction.class, describe, new Hashtable<>(Map.of(DOES, DESCRIBE)));
    }

    @Override
    public void stop(BundleContext context) {}

    private static List<Map<String, Object>> describe(MetaTypeInformation information, String pid) {
        List<String> pids = new ArrayList<>(Arrays.asList(information.getPids()));
        pids.addAll(Arrays.asList(information.getFactoryPids()));
        if (!pids.contains(pid)) {
            throw new IllegalArgumentException(pid + " is not among " + pids);
        }
        List<Map<String, Object>> attributes = new ArrayList<>();
        ObjectClassDefinition definition = information.getObjectClassDefinition(pid, null);
        for (AttributeDefinition attribute : definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
            Predicate<String> allows = value -> {
                String complaint = attribute.validate(value);
                return complaint == null || complaint.isEmpty();
            };
            attributes.add(Map.of(
                    "id",
                    attribute.getID(),
                    "description",
                    attribute.getDescription(),
                    "default",
                    attribute.getDefaultValue() == null ? List.of() : List.of(attribute.getDefaultValue()),
                    "allows",
                    allows));
        }
        return attributes;
    }
}
