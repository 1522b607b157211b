namespace KernelSim.ObjectFiles;

/// <summary>The kinds of types: <c>BTF_KIND_*</c>.</summary>
public enum BtfKind
{
    /// <summary>Type 0, which has no record.</summary>
    Void = 0,

    /// <summary><c>BTF_KIND_INT</c>.</summary>
    Int = 1,

    /// <summary><c>BTF_KIND_PTR</c>.</summary>
    Pointer = 2,

    /// <summary><c>BTF_KIND_ARRAY</c>.</summary>
    Array = 3,

    /// <summary><c>BTF_KIND_STRUCT</c>.</summary>
    Struct = 4,

    /// <summary><c>BTF_KIND_UNION</c>.</summary>
    Union = 5,

    /// <summary><c>BTF_KIND_ENUM</c>.</summary>
    Enum = 6,

    /// <summary><c>BTF_KIND_FWD</c>: a struct or union that is only declared.</summary>
    Forward = 7,

    /// <summary><c>BTF_KIND_TYPEDEF</c>.</summary>
    Typedef = 8,

    /// <summary><c>BTF_KIND_VOLATILE</c>.</summary>
    Volatile = 9,

    /// <summary><c>BTF_KIND_CONST</c>.</summary>
    Const = 10,

    /// <summary><c>BTF_KIND_RESTRICT</c>.</summary>
    Restrict = 11,

    /// <summary><c>BTF_KIND_FUNC</c>: a function, whose type is a prototype.</summary>
    Function = 12,

    /// <summary><c>BTF_KIND_FUNC_PROTO</c>.</summary>
    FunctionPrototype = 13,

    /// <summary><c>BTF_KIND_VAR</c>: a global variable.</summary>
    Variable = 14,

    /// <summary><c>BTF_KIND_DATASEC</c>: the variables of a section.</summary>
    DataSection = 15,

    /// <summary><c>BTF_KIND_FLOAT</c>.</summary>
    Float = 16,

    /// <summary><c>BTF_KIND_DECL_TAG</c>.</summary>
    DeclarationTag = 17,

    /// <summary><c>BTF_KIND_TYPE_TAG</c>.</summary>
    TypeTag = 18,

    /// <summary><c>BTF_KIND_ENUM64</c>.</summary>
    Enum64 = 19,
}
