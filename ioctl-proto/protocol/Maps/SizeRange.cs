namespace KernelSim.Protocol;

/// <summary>The sizes, in bytes, that a map type allows for its keys or its values.</summary>
/// <param name="Minimum">The smallest allowed size, in bytes.</param>
/// <param name="Maximum">The largest allowed size, in bytes.</param>
public readonly record struct SizeRange(uint Minimum, uint Maximum)
{
    /// <summary>Any size, 0 included.</summary>
    public static readonly SizeRange Any = new(0, uint.MaxValue);

    /// <summary>Any size but 0.</summary>
    public static readonly SizeRange NotZero = new(1, uint.MaxValue);

    /// <summary>0 only: the type has no key.</summary>
    public static readonly SizeRange Zero = new(0, 0);

    /// <summary>This size only.</summary>
    public static SizeRange Exactly(uint size) => new(size, size);

    /// <summary>This size or more.</summary>
    public static SizeRange AtLeast(uint size) => new(size, uint.MaxValue);

    /// <summary>True when the range contains the size.</summary>
    public bool Allows(uint size) => size >= Minimum && size <= Maximum;

    /// <summary>The allowed size nearest to a refused one, for messages.</summary>
    public uint Nearest(uint size) => Math.Clamp(size, Minimum, Maximum);

    /// <inheritdoc/>
    public override string ToString() =>
        Minimum == Maximum ? $"{Minimum} bytes" : Minimum == 0 ? "any size" : $"{Minimum} bytes or more";
}
