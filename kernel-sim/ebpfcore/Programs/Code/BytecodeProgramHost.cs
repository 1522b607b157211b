using System.Diagnostics.CodeAnalysis;
using KernelSim.Bytecode;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// The driver around a program's instructions: its helpers, and the memory that it may reach beyond its stack. Nobody has verified the
/// instructions, so each pointer that they pass to a helper is compared with that memory first. One object serves all processors at once.
/// </summary>
/// <param name="core">The driver.</param>
/// <param name="context">The layout of the context when the code was loaded, for while the type's provider is detached.</param>
/// <param name="globals">The values of maps whose addresses are in the instructions.</param>
internal sealed unsafe class BytecodeProgramHost(CoreContext core, ContextDescriptor context, MemoryRegion[] globals) : BytecodeHost
{
    /// <inheritdoc/>
    public override bool IsStopped => core.Machine.StopRecord is not null;

    /// <summary>The layout of a program's context.</summary>
    public ContextDescriptor ContextOf(in HelperCall call) => call.Program!.TypeData?.Info.Descriptor.ContextDescriptor ?? context;

    /// <summary>Makes the memory between the context's data pointers reachable, such as a packet.</summary>
    public void OpenData(ref BytecodeRun run, in HelperCall call, in ContextDescriptor descriptor)
    {
        if (call.Context == null || descriptor is not { Data: >= 0, End: >= 0, Size: > 0 })
        {
            return;
        }

        byte* data = *(byte**)(call.Context + descriptor.Data);
        byte* end = *(byte**)(call.Context + descriptor.End);
        if (data != null && data < end)
        {
            run.AddRegion(data, (nuint)(end - data), MemoryRegionKind.Packet, writable: true);
        }
    }

    /// <inheritdoc/>
    public override ulong CallHelper(ref BytecodeRun run, uint id, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5)
    {
        ref readonly HelperCall call = ref HelperCall.Of(run);
        if (call.Program!.Bindings.Find(id) is not { } helper)
        {
            run.RefuseCall(BytecodeFaultKind.UnknownHelper, $"helper {id} given, expected one that the program's type has");
            return 0;
        }

        // A pointer without an argument for its size reaches nothing.
        ulong* arguments = stackalloc ulong[HelperPrototype.MaxArguments + 1] { r1, r2, r3, r4, r5, ulong.MaxValue };
        EbpfMap? map = null;
        foreach (ref readonly HelperPointer pointer in helper.Pointers.AsSpan())
        {
            if (!Accept(ref run, call, helper, pointer, arguments, ref map))
            {
                return 0;
            }
        }

        // The helper finds the packet by the context's pointers, and may move it.
        byte* before = helper.Prototype.ReallocatesPacket ? DataOf(call) : null;
        ulong result = helper.Body(call, r1, r2, r3, r4, r5);
        if (helper.ReturnsMapValue && result != 0 && map is not ObjectMap)
        {
            run.AddRegion((byte*)result, map!.Layout.ValueSize, MemoryRegionKind.MapValue, writable: true);
        }

        if (before != null)
        {
            run.RemoveRegion(before);
            OpenData(ref run, call, ContextOf(call));
        }

        return result;
    }

    /// <inheritdoc/>
    /// <remarks>A run forgets its oldest regions once it has thousands; those of the context are the first.</remarks>
    public override bool TryFindRegion(ref BytecodeRun run, byte* address, nuint length, bool write, out MemoryRegion region)
    {
        foreach (MemoryRegion global in globals)
        {
            if (Holds(global, address, length) && (global.IsWritable || !write))
            {
                region = global;
                return true;
            }
        }

        ref readonly HelperCall call = ref HelperCall.Of(run);
        ContextDescriptor descriptor = ContextOf(call);
        call.GetContextData(call.Context, out byte* data, out byte* end);
        region = new MemoryRegion((nuint)data, (nuint)(end - data), MemoryRegionKind.Packet, IsWritable: true);
        if (data != null && data < end && Holds(region, address, length))
        {
            return true;
        }

        ProgramContextWindow context = new(call.Context, descriptor);
        region = write ? context.Writable : context.Whole;
        return Holds(region, address, length);
    }

    /// <summary>Stops the machine as a real kernel would have stopped, and says why.</summary>
    [DoesNotReturn]
    public void Stop(in HelperCall call, BytecodeFault fault)
    {
        if (fault.Kind == BytecodeFaultKind.Interrupted && core.Machine.StopRecord is { } record)
        {
            throw new BugcheckException(record);
        }

        BytecodeBugcheck.Stop(call, fault, core.Options.Symbols);
    }

    private static bool Holds(in MemoryRegion region, byte* address, nuint length)
    {
        nuint offset = (nuint)address - region.Start;
        return length <= region.Length && offset <= region.Length - length;
    }

    private static bool Accept(
        ref BytecodeRun run, in HelperCall call, HelperBinding helper, in HelperPointer pointer, ulong* arguments, ref EbpfMap? map)
    {
        ulong value = arguments[pointer.Argument];
        switch (pointer.Kind)
        {
            case HelperPointerKind.Map:
                map = call.Map(value);
                return map is not null || Refuse(ref run, helper, pointer, value, "a map");
            case HelperPointerKind.Context:
                return value == (ulong)call.Context || Refuse(ref run, helper, pointer, value, "the program's context");
            case HelperPointerKind.Key or HelperPointerKind.Value when map is null:
                return Refuse(ref run, helper, pointer, value, "a map before it");
            case HelperPointerKind.Key:
                return run.CheckArgument(pointer.Argument + 1, value, map!.KeySize, write: false);
            case HelperPointerKind.Value:
                return run.CheckArgument(pointer.Argument + 1, value, map!.Layout.ValueSize, pointer.Writes);
            default:
                ulong size = arguments[pointer.Argument + 1];
                return (value == 0 && pointer.IsOptional) || run.CheckArgument(pointer.Argument + 1, value, (nuint)size, pointer.Writes);
        }
    }

    private static bool Refuse(ref BytecodeRun run, HelperBinding helper, in HelperPointer pointer, ulong value, string expected)
    {
        run.RefuseCall(
            BytecodeFaultKind.HelperArgument, $"r{pointer.Argument + 1} = 0x{value:x} given to {helper.Prototype.Name}, expected {expected}");
        return false;
    }

    private byte* DataOf(in HelperCall call)
    {
        ContextDescriptor descriptor = ContextOf(call);
        return call.Context != null && descriptor is { Data: >= 0, Size: > 0 } ? *(byte**)(call.Context + descriptor.Data) : null;
    }
}
