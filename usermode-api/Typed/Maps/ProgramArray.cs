using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>
/// Programs by index, for tail calls: <c>BPF_MAP_TYPE_PROG_ARRAY</c>. Every index below <see cref="BpfMap.MaxEntries"/> has a slot, initially
/// empty. The first program that is stored, or that uses the array, decides the type of all.
/// </summary>
public sealed class ProgramArray : ObjectMap<uint>
{
    internal ProgramArray(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Stores a program in a slot, replacing any previous one.</summary>
    /// <param name="index">Index of the slot.</param>
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

    /// <summary>
    /// Empties a slot, which may already be empty: an update with the descriptor -1. After a tail call to it, the calling program
    /// continues.
    /// </summary>
    /// <param name="index">Index of the slot.</param>
    /// <exception cref="BpfException">EINVAL: an index out of range.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void Clear(uint index) => Put(index, ObjectValue.NoDescriptor, EbpfMapOption.Any);

    /// <summary>Opens the program in a slot; null if there is none.</summary>
    /// <param name="index">Index of the slot.</param>
    /// <exception cref="BpfException">ENOENT: the program disappeared between the two steps.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public BpfProgram? Open(uint index) => TryGetId(index, out uint id) ? Session.OpenProgram(id) : null;
}

public sealed partial class BpfSession
{
    /// <summary>Creates an array of programs, all slots empty.</summary>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="length">Number of slots.</param>
    public ProgramArray CreateProgramArray(string name, uint length) => new(this, Create<uint, uint>(BpfMapType.ProgArray, name, length));

    /// <summary>Opens an array of programs by its id. The type must be the map's own.</summary>
    /// <param name="id">Id of the map.</param>
    public ProgramArray OpenProgramArray(uint id) => new(this, Open<uint, uint>(BpfMapType.ProgArray, id));
}
