namespace KernelSim.Protocol.Messages;

/// <summary>Limits of the protocol that do not appear in any structure.</summary>
public static class EbpfLimits
{
    /// <summary>Size in bytes of a map's name with its terminator, <c>BPF_OBJ_NAME_LEN</c>: a name has at most 63 bytes.</summary>
    public const int MapNameLength = 64;

    /// <summary>Size in bytes of a program's name with its terminator, <c>BPF_OBJ_NAME_LEN</c>.</summary>
    public const int ProgramNameLength = 64;

    /// <summary>Size in bytes of a pin path with its terminator, <c>EBPF_MAX_PIN_PATH_LENGTH</c>: a path has 1 to 255 bytes.</summary>
    public const int PinPathLength = 256;

    /// <summary>The largest operation id: ids start at 0 and have no gaps.</summary>
    public static readonly int LastOperationId = (int)Enum.GetValues<EbpfOperationId>()[^1];

    /// <summary>The first id that a driver assigns. Maps, programs and links share one counter; 0 is never an id.</summary>
    public const uint FirstObjectId = 2;
}
