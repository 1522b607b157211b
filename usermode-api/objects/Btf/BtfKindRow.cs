namespace KernelSim.ObjectFiles.Btf;

/// <summary>How the record of a kind is laid out after the 12 bytes that all have.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Extra">Bytes that come once.</param>
/// <param name="Element">Bytes of each element; 0 for a kind without.</param>
internal sealed record BtfKindRow(BtfKind Kind, int Extra = 0, int Element = 0)
{
    /// <summary>Whether the third word is a type; else it is a size, or unused.</summary>
    public bool HasType { get; init; }

    /// <summary>Where in the extra bytes types are.</summary>
    public int[] TypesInExtra { get; init; } = [];

    /// <summary>Where in an element its name is; -1 for none.</summary>
    public int NameInElement { get; init; } = -1;

    /// <summary>Where in an element its type is; -1 for none.</summary>
    public int TypeInElement { get; init; } = -1;

    /// <summary>All kinds, by number.</summary>
    public static IReadOnlyList<BtfKindRow> All { get; } =
    [
        new(BtfKind.Void),
        new(BtfKind.Int, Extra: 4),
        new(BtfKind.Pointer) { HasType = true },
        new(BtfKind.Array, Extra: 12) { TypesInExtra = [0, 4] },
        new(BtfKind.Struct, Element: 12) { NameInElement = 0, TypeInElement = 4 },
        new(BtfKind.Union, Element: 12) { NameInElement = 0, TypeInElement = 4 },
        new(BtfKind.Enum, Element: 8) { NameInElement = 0 },
        new(BtfKind.Forward),
        new(BtfKind.Typedef) { HasType = true },
        new(BtfKind.Volatile) { HasType = true },
        new(BtfKind.Const) { HasType = true },
        new(BtfKind.Restrict) { HasType = true },
        new(BtfKind.Function) { HasType = true },
        new(BtfKind.FunctionPrototype, Element: 8) { HasType = true, NameInElement = 0, TypeInElement = 4 },
        new(BtfKind.Variable, Extra: 4) { HasType = true },
        new(BtfKind.DataSection, Element: 12) { TypeInElement = 0 },
        new(BtfKind.Float),
        new(BtfKind.DeclarationTag, Extra: 4) { HasType = true },
        new(BtfKind.TypeTag) { HasType = true },
        new(BtfKind.Enum64, Element: 12) { NameInElement = 0 },
    ];
}
