namespace KernelSim.Protocol.Checks;

/// <summary>What the two numbers of a <see cref="Check"/> stand for, and so how they are written.</summary>
public enum CheckNumbers
{
    /// <summary>A size, a count, an index or a value of the caller's: decimal.</summary>
    Count,

    /// <summary>Flags or a size that can need 64 bits without a sign: decimal. The <see langword="long"/> carries the same bits.</summary>
    Unsigned,

    /// <summary>An address, a handle's value or a control code: hexadecimal.</summary>
    Hexadecimal,

    /// <summary>1 yes, 0 no.</summary>
    YesNo,

    /// <summary>1 there is one, 0 there is none.</summary>
    Presence,

    /// <summary>An index; -1 stands for none.</summary>
    Place,

    /// <summary>An NTSTATUS.</summary>
    Status,

    /// <summary>An <see cref="EbpfResult"/>.</summary>
    Result,

    /// <summary>A <see cref="BpfMapType"/>.</summary>
    MapType,
}
