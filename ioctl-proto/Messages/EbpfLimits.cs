namespace KernelSim.Protocol.Messages;

/// <summary>Limits of the protocol that no structure shows.</summary>
public static class EbpfLimits
{
    /// <summary>Bytes of a map's name with its terminator, <c>BPF_OBJ_NAME_LEN</c>: a name has 63 bytes at most.</summary>
    public const int MapNameLength = 64;

    /// <summary>Bytes of a program's name with its terminator, <c>BPF_OBJ_NAME_LEN</c>.</summary>
    public const int ProgramNameLength = 64;

    /// <summary>Bytes of a pin path with its terminator, <c>EBPF_MAX_PIN_PATH_LENGTH</c>: a path has 1 to 255 bytes.</summary>
    public const int PinPathLength = 256;

    /// <summary>The first id that a driver gives to an object; one counter serves maps, programs and links, and 0 is no id.</summary>
    public const uint FirstObjectId = 2;
}
