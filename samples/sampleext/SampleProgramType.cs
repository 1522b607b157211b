using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using static KernelSim.EbpfCore.Extensions.HelperArgumentType;

namespace KernelSim.Samples.SampleExt;

/// <summary>
/// Provides the program type: the module id is the type's GUID, the characteristics describe it completely. Programs of the type can be
/// created while this is registered.
/// </summary>
internal sealed unsafe class SampleProgramType() : NmrProvider(EbpfNpi.ProgramInfo, ProgramTypeTable.Sample, s_data)
{
    private const uint FirstHelper = HelperPrototype.FirstTypeSpecificId + 1;

    private static readonly PoolTag s_tag = new("smpl");

    private static readonly ContextDescriptor s_context = new() { Size = SampleProgramContext.ByteCount, Data = 0, End = 8, Meta = -1 };

    private static readonly ProgramData s_data = new(
        new ProgramInfo(new ProgramTypeDescriptor("sample", s_context, ProgramTypeTable.Sample, BpfProgType.Sample))
        {
            TypeHelpers =
            [
                Helper(FirstHelper, "sample_ebpf_extension_helper_function1", PtrToCtx),
                Helper(FirstHelper + 1, "sample_ebpf_extension_find", PtrToReadableMem, ConstSize, PtrToReadableMem, ConstSize),
                Helper(FirstHelper + 2, "sample_ebpf_extension_replace", PtrToReadableMem, ConstSize, Anything, PtrToReadableMem, ConstSize),
                Helper(FirstHelper + 3, "sample_ebpf_extension_helper_implicit_1") with { ImplicitContext = true },
                Helper(FirstHelper + 4, "sample_ebpf_extension_helper_implicit_2") with { ImplicitContext = true },
            ],
            GlobalHelpers =
            [
                new HelperPrototype(BpfFuncId.GetCurrentPidTgid, "bpf_get_current_pid_tgid", HelperReturnType.Integer),
                new HelperPrototype(BpfFuncId.RedirectMap, "bpf_redirect_map", HelperReturnType.Integer, PtrToMap, Anything, Anything),
            ],
        })
    {
        TypeHelpers = [SampleHelpers.Function1, SampleHelpers.Find, SampleHelpers.Replace, SampleHelpers.Implicit1, SampleHelpers.Implicit2],
        GlobalHelpers = [SampleHelpers.GetCurrentPidTgid, SampleHelpers.RedirectMap],
        ContextCreate = Create,
        ContextDestroy = Destroy,
        RequiredIrql = Irql.Dispatch,
    };

    /// <summary>A program of the type is being created: there is nothing to keep for it.</summary>
    public override NtStatus AttachClient(KeThread current, NmrBinding binding) => NtStatus.Success;

    /// <summary>The program or this provider is going away: the helpers are no longer called through this binding.</summary>
    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;

    private static HelperPrototype Helper(uint id, string name, params HelperArgumentType[] arguments) =>
        new(id, name, HelperReturnType.Integer, arguments);

    /// <summary>For a test run: the caller's context is required; the context points to its data, if any.</summary>
    private static EbpfResult Create(KeThread current, ReadOnlySpan<byte> data, ReadOnlySpan<byte> context, out byte* created)
    {
        created = null;
        if (context.Length < SampleProgramContext.ByteCount)
        {
            return EbpfResult.InvalidArgument;
        }

        byte* block = current.Machine.Pool.Allocate((nuint)(sizeof(SampleProgramContext.Frame) + data.Length), s_tag);
        if (block == null)
        {
            return EbpfResult.NoMemory;
        }

        SampleProgramContext* made = &((SampleProgramContext.Frame*)block)->Context;
        *made = MemoryMarshal.Read<SampleProgramContext>(context);
        made->DataStart = block + sizeof(SampleProgramContext.Frame);
        made->DataEnd = made->DataStart + data.Length;
        data.CopyTo(new Span<byte>(made->DataStart, data.Length));
        created = (byte*)made;
        return EbpfResult.Success;
    }

    /// <summary>After a test run: returns the data if there is room for all of them, and the context without its pointers likewise.</summary>
    private static void Destroy(
        KeThread current, byte* context, Span<byte> data, out int dataLength, Span<byte> contextOut, out int contextLength)
    {
        SampleProgramContext left = *(SampleProgramContext*)context;
        int length = (int)(left.DataEnd - left.DataStart);
        dataLength = data.Length < length ? 0 : length;
        new ReadOnlySpan<byte>(left.DataStart, dataLength).CopyTo(data);
        contextLength = contextOut.Length < SampleProgramContext.ByteCount ? 0 : SampleProgramContext.ByteCount;
        if (contextLength != 0)
        {
            left.DataStart = left.DataEnd = null;
            MemoryMarshal.Write(contextOut, left);
        }

        current.Machine.Pool.Free(context - ProgramContextHeader.ByteCount, s_tag);
    }
}
