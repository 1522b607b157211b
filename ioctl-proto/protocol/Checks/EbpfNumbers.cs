namespace KernelSim.Protocol.Checks;

/// <summary>The kinds of <see cref="CheckNumbers"/> that eBPF adds.</summary>
public static class EbpfNumbers
{
    /// <summary>An <see cref="EbpfResult"/>.</summary>
    public static readonly CheckNumbers Result = new(number => ResultConversions.NameOf((EbpfResult)number), isCode: true);

    /// <summary>A <see cref="BpfMapType"/>.</summary>
    public static readonly CheckNumbers MapType = new(number => BpfMapTypeNames.NameOf((BpfMapType)number));
}
