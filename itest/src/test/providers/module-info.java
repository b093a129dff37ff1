/** The extensions of the package brokenbundle as a module: no compiler accepts more of what is wrong with them. */
module io.jackfield.itest.brokenbundle {
    requires io.jackfield.api;

    provides io.jackfield.api.extension.Extension with
            io.jackfield.itest.brokenbundle.FailingExtension,
            io.jackfield.itest.brokenbundle.LackingExtension,
            io.jackfield.itest.brokenbundle.WorkingExtension;
}
