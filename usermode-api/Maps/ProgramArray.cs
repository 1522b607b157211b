using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>
/// Programs by index, for tail calls: <c>BPF_MAP_TYPE_PROG_ARRAY</c>. Every index below <see cref="BpfMap.MaxEntries"/> has a slot, empty
/// at first. The first program that is put in, or that uses the array, decides the type of all.
/// </summary>
public sealed class ProgramArray : ObjectMap<uint>
{
    internal ProgramArray(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Puts a program into a slot, in place of the one that was there, if any.</summary>
    /// <param name="index">The slot.</param>
    /// <param name="program">The program, open in the same session. It may be closed afterwards.</param>
    /// <exception cref="ArgumentException">The program is open in another session.</exception>
    /// <exception cref="BpfException">
    /// EINVAL: an index out of range. EBADF: the array is for programs of another type (<c>map.object.program_type</c>).
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void Set(uint index, BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        RequireOwnSession(program.Session, program, nameof(program));
        Put(index, program.Descriptor, EbpfMapOption.Any);
    }

    /// <summary>Empties a slot, which may be empty: an update with the descriptor -1. A tail call to it then goes on behind the call.</summary>
    /// <param name="index">The slot.</param>
    /// <exception cref="BpfException">EINVAL: an index out of range.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void Clear(uint index) => Put(index, ObjectValue.NoDescriptor, EbpfMapOption.Any);

    /// <summary>Opens the program in a slot; null when there is none.</summary>
    /// <param name="index">The slot.</param>
    /// <exception cref="BpfException">ENOENT: the program has gone between the two steps.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public BpfProgram? Open(uint index) => TryGetId(index, out uint id) ? Session.OpenProgram(id) : null;
}
