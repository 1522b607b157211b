using System.Globalization;

namespace KernelSim.Protocol.Checks;

/// <summary>
/// What the two numbers of a <see cref="Check"/> stand for, and so how they are written. A driver's protocol adds kinds for its own codes.
/// </summary>
public sealed class CheckNumbers
{
    /// <summary>A size, a count, an index or a value of the caller's: decimal.</summary>
    public static readonly CheckNumbers Count = new(_ => null);

    /// <summary>Flags or a size that can need 64 bits without a sign: decimal. The <see langword="long"/> carries the same bits.</summary>
    public static readonly CheckNumbers Unsigned =
        new(number => number < 0 ? unchecked((ulong)number).ToString(CultureInfo.InvariantCulture) : null);

    /// <summary>An address, a handle's value or a control code: hexadecimal.</summary>
    public static readonly CheckNumbers Hexadecimal = new(number => string.Create(CultureInfo.InvariantCulture, $"0x{number:x}"));

    /// <summary>1 yes, 0 no.</summary>
    public static readonly CheckNumbers YesNo = new(number => number switch { 0 => "no", 1 => "yes", _ => null });

    /// <summary>1 there is one, 0 there is none.</summary>
    public static readonly CheckNumbers Presence = new(number => number switch { 0 => "none", 1 => "one", _ => null });

    /// <summary>An index; -1 stands for none.</summary>
    public static readonly CheckNumbers Place = new(number => number == -1 ? "none" : null);

    /// <summary>An NTSTATUS.</summary>
    public static readonly CheckNumbers Status = new(number => new NtStatus((uint)number).Name, isCode: true);

    private readonly Func<long, string?> _nameOf;

    /// <summary>Creates a kind of numbers.</summary>
    /// <param name="nameOf">The name of a number; null for a number that is written in digits.</param>
    /// <param name="isCode">True if the numbers are codes, which people and programs know by name.</param>
    public CheckNumbers(Func<long, string?> nameOf, bool isCode = false)
    {
        _nameOf = nameOf;
        IsCode = isCode;
    }

    /// <summary>True if the numbers are codes, which people and programs know by name.</summary>
    public bool IsCode { get; }

    /// <summary>The name of a number; null for a number that is written in digits.</summary>
    public string? NameOf(long number) => _nameOf(number);
}
