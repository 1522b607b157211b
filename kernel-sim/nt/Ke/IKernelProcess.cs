namespace KernelSim.Nt.Ke;

/// <summary>What the kernel proper needs of a process, KPROCESS. The whole process is <see cref="Ps.PsProcess"/>.</summary>
public interface IKernelProcess
{
    /// <summary>The process id, a multiple of 4.</summary>
    int Id { get; }

    /// <summary>The image name, for traces and debuggers.</summary>
    string Name { get; }

    /// <summary>True once it has begun to end.</summary>
    bool HasExited { get; }
}
