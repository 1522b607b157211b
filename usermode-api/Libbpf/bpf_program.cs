using System.Runtime.InteropServices;
using KernelSim.ObjectFiles;
using KernelSim.Protocol;
using KernelSim.Protocol.Modules;

namespace KernelSim.UserMode;

/// <summary>A program of a <see cref="bpf_object"/>: <c>struct bpf_program</c>. It has a descriptor while the object is loaded.</summary>
public sealed class bpf_program
{
    internal bpf_program(bpf_object owner, NativeProgramEntry entry)
    {
        Owner = owner;
        Entry = entry;
        ProgramType = entry.ProgramType;
        AttachType = entry.AttachType;
    }

    internal bpf_program(bpf_object owner, ObjectProgram program)
        : this(owner, EntryOf(program))
    {
        Source = program;
    }

    internal bpf_object Owner { get; }

    internal NativeProgramEntry Entry { get; }

    /// <summary>Its instructions; null for a native program.</summary>
    internal ObjectProgram? Source { get; }

    internal int Fd { get; set; } = -1;

    internal Guid ProgramType { get; set; }

    internal Guid AttachType { get; set; }

    internal uint Flags { get; set; }

    internal bool Autoload { get; set; } = true;

    /// <summary>What the check said when it was last loaded.</summary>
    internal string? Log { get; set; }

    /// <summary>The section's name says what the program is for; a name that no hook has leaves it without a type.</summary>
    internal static NativeProgramEntry EntryOf(ObjectProgram program)
    {
        AttachTypeRow? row = AttachTypeTable.FindBySection(program.Section);
        uint[] helpers = [.. program.HelperCalls.Select(c => (uint)c.Helper).Distinct()];
        return new NativeProgramEntry(
            program.Name,
            program.Section,
            row?.ProgramType ?? Guid.Empty,
            row?.Id ?? Guid.Empty,
            [],
            helpers,
            (ulong)program.Instructions.Length,
            Convert.ToBase64String(MemoryMarshal.AsBytes(program.Instructions.AsSpan())));
    }
}
