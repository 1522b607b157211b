namespace KernelSim.Debugger.Targets;

/// <summary>
/// What a debugger reads: a process, a dump, or the process that it is in. The objects that it hands out are valid until it is disposed of.
/// </summary>
/// <remarks>
/// Nothing here ends in a crash, whatever the target's memory contains. Methods named <c>Try</c> return false when memory cannot be read; the
/// others throw <see cref="TargetReadException"/>, whose message is one line that names what was read.
/// What only some targets can do is in <see cref="IStackSource"/> and <see cref="IHeapSource"/>.
/// </remarks>
internal interface IDebugTarget : IDisposable
{
    /// <summary>What it is, for messages: <c>process 4711 (kernelsim)</c>, <c>dump 'a.dmp'</c>.</summary>
    string Name { get; }

    /// <summary>What makes its answers less certain, such as a collection in progress: one line each.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Why nothing of it can be read any more, in one line: the process has ended. Null while it can be read.</summary>
    string? WhyGone => null;

    /// <summary>Whether an assembly is loaded.</summary>
    /// <param name="assembly">The assembly's name without an extension.</param>
    bool IsLoaded(string assembly);

    /// <summary>
    /// The static fields of a type, as an object: one for each copy of the assembly that has initialized the type. Empty if there is none.
    /// </summary>
    /// <param name="assembly">The assembly's name without an extension.</param>
    /// <param name="type">The type's full name.</param>
    IReadOnlyList<ITargetObject> FindStatics(string assembly, string type);

    /// <summary>The object that a GC handle refers to; null if the handle is 0 or its object has been collected.</summary>
    ITargetObject? FromHandle(ulong handle);

    /// <summary>The object that starts at an address; null if there is none.</summary>
    ITargetObject? ObjectAt(ulong address);

    /// <summary>Reads native memory at an address of the target process: all of it, or false and the bytes mean nothing.</summary>
    bool TryRead(ulong address, Span<byte> bytes);
}
