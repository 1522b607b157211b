using KernelSim.Protocol.Modules;

namespace KernelSim.UserMode;

/// <summary>A program of a <see cref="bpf_object"/>: <c>struct bpf_program</c>. It has a descriptor while the object is loaded.</summary>
public sealed class bpf_program
{
    internal bpf_program(bpf_object owner, NativeProgramEntry entry)
    {
        Owner = owner;
        Entry = entry;
        AttachType = entry.AttachType;
    }

    internal bpf_object Owner { get; }

    internal NativeProgramEntry Entry { get; }

    internal int Fd { get; set; } = -1;

    internal Guid AttachType { get; set; }

    internal uint Flags { get; set; }

    internal bool Autoload { get; set; } = true;
}
