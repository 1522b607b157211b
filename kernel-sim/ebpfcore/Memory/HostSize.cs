namespace KernelSim.EbpfCore.Memory;

/// <summary>Sizes that are computed in 64 bits, as the kernel's own are, on a host whose addresses may have 32.</summary>
internal static class HostSize
{
    /// <summary>The size for a request to pool; what the host cannot address becomes the largest that it can, which pool refuses.</summary>
    public static nuint Of(ulong bytes) => (nuint)Math.Min(bytes, nuint.MaxValue);
}
