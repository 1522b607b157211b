namespace KernelSim.Bytecode;

/// <summary>Why a run ended before the program did.</summary>
public enum BytecodeFaultKind
{
    /// <summary>A read of memory that the program may not reach.</summary>
    InvalidRead,

    /// <summary>A write to memory that the program may not reach, or may only read.</summary>
    InvalidWrite,

    /// <summary>An atomic operation on an address that is no multiple of its size.</summary>
    MisalignedAtomic,

    /// <summary>More jumps backwards than the run's budget.</summary>
    Budget,

    /// <summary>A call by register of a helper that the host does not have.</summary>
    UnknownHelper,

    /// <summary>An argument that a helper does not accept, in the host's words.</summary>
    HelperArgument,

    /// <summary>The host, or an observer, has stopped the run.</summary>
    Interrupted,
}
