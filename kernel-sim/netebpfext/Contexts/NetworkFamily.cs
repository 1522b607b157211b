namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>Address families in contexts, with Windows' numbers: <c>AF_INET</c> and <c>AF_INET6</c>.</summary>
public static class NetworkFamily
{
    /// <summary><c>AF_INET</c>.</summary>
    public const uint V4 = 2;

    /// <summary><c>AF_INET6</c>.</summary>
    public const uint V6 = 23;
}
