using System.Runtime.CompilerServices;

namespace KernelSim.Bytecode;

/// <summary>
/// One invocation of a program: its arguments, the memory it may reach, its budget, and how it ended. Registers hold addresses of the host process;
/// every access is compared with the regions first, so that a program reaches nothing else. It belongs to one thread, and is used once.
/// </summary>
/// <remarks>
/// A check begins with the two windows, the regions of the last read and of the last write: a limit for each access size, so that an inline check is
/// one subtraction and one comparison. The engines compare with the stack themselves. Everything else takes <see cref="Reach"/>.
/// </remarks>
public unsafe ref struct BytecodeRun
{
    /// <summary>The jumps backwards that a run may make unless its host says otherwise.</summary>
    public const ulong DefaultBudget = 1UL << 32;

    /// <summary>The bytes of a stack frame.</summary>
    public const int FrameSize = StackLimits.FrameSize;

    /// <summary>The frames that a program may use, its own included.</summary>
    public const int MaxFrames = StackLimits.MaxFrames;

    internal readonly BytecodeHost Surroundings;
    internal AccessWindow ReadWindow;
    internal AccessWindow WriteWindow;
    internal int CurrentInstruction;
    internal int CurrentFrames;
    internal int Ticks;
    internal SavedRegisters Saved;
    internal bool HasEnded;
    internal BytecodeImage? Program;
    private RegionList _regions;
    private nuint _stackTop;
    private ulong _budget;
    private BytecodeFault? _fault;

    /// <summary>A run that reaches nothing but its stack so far.</summary>
    /// <remarks>
    /// What is written before it is read stays uninitialised, which is half of a run. An object initializer behind this constructor would copy the
    /// run: set the properties of the variable.
    /// </remarks>
    /// <param name="host">What surrounds the program.</param>
    /// <param name="hostState">What the host wants to find again in <see cref="BytecodeHost.CallHelper"/>; it must stay valid during the run.</param>
    /// <param name="r1">The first argument, as a rule the address of the context.</param>
    /// <param name="r2">R2 at the start; the driver passes 0, <c>bpf run</c> the length of its memory.</param>
    public BytecodeRun(BytecodeHost host, void* hostState, ulong r1, ulong r2)
    {
        Unsafe.SkipInit(out this);
        Surroundings = host;
        HostState = hostState;
        R1 = r1;
        R2 = r2;
        ReadWindow = default;
        WriteWindow = default;
        CurrentInstruction = 0;
        CurrentFrames = 0;
        Ticks = 0;
        HasEnded = false;
        Program = null;
        Observer = null;
        _regions.Clear();
        _stackTop = 0;
        _budget = DefaultBudget;
        _fault = null;
    }

    /// <summary>What surrounds the program.</summary>
    public readonly BytecodeHost Host => Surroundings;

    /// <summary>What the host wants to find again.</summary>
    public void* HostState { get; }

    /// <summary>The first argument.</summary>
    public ulong R1 { get; }

    /// <summary>The second argument.</summary>
    public ulong R2 { get; }

    /// <summary>The jumps backwards that are left, in whole chunks. 0 sets the default.</summary>
    public ulong Budget
    {
        readonly get => _budget;
        set => _budget = value == 0 ? DefaultBudget : value;
    }

    /// <summary>Sees each instruction; only the interpreter has one, and without one it costs nothing.</summary>
    public IInstructionObserver? Observer { get; set; }

    /// <summary>The slot of the call while a helper runs.</summary>
    public readonly int Instruction => CurrentInstruction;

    /// <summary>The program that runs; null before its engine has started it.</summary>
    public readonly BytecodeImage? Image => Program;

    /// <summary>The frames of the calls in progress, 512 bytes each. Its end is the same during all of the run.</summary>
    public readonly MemoryRegion Stack
    {
        get
        {
            nuint length = (nuint)(CurrentFrames * FrameSize);
            return new(_stackTop - length, length, MemoryRegionKind.Stack, true);
        }
    }

    /// <summary>Why the program did not get to its end. A helper that sets it ends the program.</summary>
    public BytecodeFault? Fault
    {
        readonly get => _fault;
        set
        {
            _fault ??= value;
            HasEnded |= value is not null;
        }
    }

    /// <summary>Makes memory reachable. Memory that starts where a region starts replaces it.</summary>
    /// <param name="start">The first byte. The memory must stay valid until the run is over or <see cref="RemoveRegion"/> was called.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="writable">Whether the program may write to it.</param>
    public void AddRegion(byte* start, nuint length, MemoryRegionKind kind, bool writable)
    {
        MemoryRegion region = new((nuint)start, length, kind, writable);
        if (_regions.Add(region))
        {
            ReadWindow.CloseIf(region.Start);
            WriteWindow.CloseIf(region.Start);
        }

        Open(region);
    }

    /// <summary>Makes memory unreachable again.</summary>
    /// <param name="start">The first byte of a region.</param>
    public void RemoveRegion(byte* start)
    {
        _regions.Remove((nuint)start);
        ReadWindow.CloseIf((nuint)start);
        WriteWindow.CloseIf((nuint)start);
    }

    /// <summary>Whether the program may reach all of some bytes. A helper asks before it follows a pointer.</summary>
    /// <param name="address">The first byte.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="write">Whether they are written.</param>
    public bool CanReach(ulong address, ulong length, bool write) =>
        Stack.Contains(address, length) || TryFind(address, length, write);

    /// <summary>Ends the run unless the program may reach all of the bytes that an argument of a helper points to.</summary>
    /// <param name="register">The argument's register, 1 to 5.</param>
    /// <param name="address">Its value.</param>
    /// <param name="length">The bytes that the helper reads or writes.</param>
    /// <param name="write">Whether it writes.</param>
    /// <returns>Whether the helper may go on; if not, the fault is set.</returns>
    public bool CheckArgument(int register, ulong address, ulong length, bool write) =>
        length == 0 || CanReach(address, length, write) || Refuse(AccessFault.OfArgument(ref this, register, address, length, write));

    /// <summary>Ends the run because an argument is none that a helper accepts.</summary>
    /// <param name="kind">What is wrong, <see cref="BytecodeFaultKind.HelperArgument"/> or <see cref="BytecodeFaultKind.UnknownHelper"/>.</param>
    /// <param name="text">What was given and what was expected.</param>
    public void RefuseCall(BytecodeFaultKind kind, string text) => Refuse(RunFault.Of(ref this, kind, text));

    /// <summary>Ends the run: an observer's way to stop it.</summary>
    public void Interrupt() => Refuse(RunFault.Of(ref this, BytecodeFaultKind.Interrupted, "interrupted"));

    /// <summary>The regions, the newest first, then the stack.</summary>
    internal readonly MemoryRegion RegionAt(int index) => index < _regions.Count ? _regions[index] : Stack;

    internal readonly int RegionCount => _regions.Count + 1;

    internal void Start(BytecodeImage program, byte* stackTop)
    {
        Program = program;
        CurrentFrames = 1;
        _stackTop = (nuint)stackTop;
    }

    internal void Finish()
    {
        _regions.Release();
        _budget += (ulong)Ticks;
        Ticks = 0;
    }

    /// <summary>The check of an access that is neither in a window nor on the stack in use.</summary>
    /// <returns>Whether it may happen; if not, the fault is set.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool Reach(ulong address, int length, bool write, int instruction, int frames)
    {
        CurrentInstruction = instruction;
        CurrentFrames = frames;
        if (TryFind(address, (ulong)length, write))
        {
            return true;
        }

        return Refuse(AccessFault.Of(ref this, address, (ulong)length, write));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool RefuseMisaligned(ulong address, int instruction, int frames)
    {
        CurrentInstruction = instruction;
        CurrentFrames = frames;
        return Refuse(AccessFault.OfMisaligned(ref this, address));
    }

    /// <summary>A chunk of the budget, after asking the host whether to go on.</summary>
    /// <returns>The jumps backwards until the next question; 0 if the run has ended.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal int TakeTicks(int instruction, int frames)
    {
        CurrentInstruction = instruction;
        CurrentFrames = frames;
        if (_budget == 0 || Host.IsStopped)
        {
            Ticks = 0;
            Fault = _budget == 0 ? RunFault.OfBudget(ref this) : RunFault.Of(ref this, BytecodeFaultKind.Interrupted, "interrupted");
            return 0;
        }

        int chunk = (int)Math.Min(_budget, RunFault.Chunk);
        _budget -= (ulong)chunk;
        return chunk;
    }

    private bool TryFind(ulong address, ulong length, bool write)
    {
        if (_regions.TryFind(address, length, write, out MemoryRegion known))
        {
            Open(known);
            return true;
        }

        // What a host of 32 bits cannot address becomes its last byte, which is in no region.
        byte* place = (byte*)Math.Min(address, nuint.MaxValue);
        nuint bytes = (nuint)Math.Min(length, nuint.MaxValue);
        if (!Host.TryFindRegion(ref this, place, bytes, write, out MemoryRegion found) || !found.Contains(address, length)
            || (write && !found.IsWritable))
        {
            return false;
        }

        AddRegion((byte*)found.Start, found.Length, found.Kind, found.IsWritable);
        return true;
    }

    private void Open(in MemoryRegion region)
    {
        ReadWindow.Open(region);
        if (region.IsWritable)
        {
            WriteWindow.Open(region);
        }
    }

    private bool Refuse(BytecodeFault fault)
    {
        Fault = fault;
        return false;
    }
}
