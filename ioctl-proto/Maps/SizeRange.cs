namespace KernelSim.Protocol;

/// <summary>The sizes, in bytes, that a map type allows for its keys or its values.</summary>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
public readonly record struct SizeRange(uint Minimum, uint Maximum)
{
    /// <summary>Any size, 0 included.</summary>
    public static readonly SizeRange Any = new(0, uint.MaxValue);

    /// <summary>Any size but 0.</summary>
    public static readonly SizeRange NotZero = new(1, uint.MaxValue);

    /// <summary>0 only: there is no key.</summary>
    public static readonly SizeRange Zero = new(0, 0);

    /// <summary>One size only.</summary>
    public static SizeRange Exactly(uint size) => new(size, size);

    /// <summary>That size or more.</summary>
    public static SizeRange AtLeast(uint size) => new(size, uint.MaxValue);

    /// <summary>True when a map of the type can have this size.</summary>
    public bool Allows(uint size) => size >= Minimum && size <= Maximum;

    /// <summary>The size nearest to one that is not allowed, for messages.</summary>
    public uint Nearest(uint size) => Math.Clamp(size, Minimum, Maximum);

    /// <inheritdoc/>
    public override string ToString() =>
        Minimum == Maximum ? $"{Minimum} bytes" : Minimum == 0 ? "any size" : $"{Minimum} bytes or more";
}
