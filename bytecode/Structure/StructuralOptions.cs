namespace KernelSim.Bytecode;

/// <summary>What the structural check asks of a program beyond its encoding.</summary>
public sealed record StructuralOptions
{
    /// <summary>Any helper, and no references that are left to resolve.</summary>
    public static StructuralOptions Default { get; } = new();

    /// <summary>Which helpers the program may call by number; null: any.</summary>
    public Func<uint, bool>? HasHelper { get; init; }

    /// <summary>Whether the program may still contain references to maps and code, <c>lddw</c> with a source other than 0.</summary>
    public bool AllowsReferences { get; init; }

    /// <summary>Functions that no instruction of the program calls but that are part of it, by their first slots.</summary>
    public IReadOnlyList<int> EntryPoints { get; init; } = [];
}
