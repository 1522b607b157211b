using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>An extension's provider of a program type, as small as one can be. Its context is a pointer to data, its end, and one number.</summary>
internal sealed unsafe class TestExtension : NmrProvider
{
    /// <summary>A helper of the type's own: twice its argument.</summary>
    public const uint DoubleHelper = HelperPrototype.FirstTypeSpecificId;

    /// <summary>A helper of the type's own that wants the context: the number in it.</summary>
    public const uint NumberHelper = DoubleHelper + 1;

    private static readonly PoolTag s_tag = new("txBE");

    public TestExtension(Guid? type = null, Func<ProgramData, ProgramData>? change = null)
        : base(EbpfNpi.ProgramInfo, type ?? ProgramTypeTable.Sample, Make(type ?? ProgramTypeTable.Sample, change))
    {
    }

    /// <summary>What it answers to a program that comes.</summary>
    public NtStatus Answer { get; set; } = NtStatus.Success;

    public ProgramData Data => (ProgramData)Characteristics!;

    /// <summary>The provider registered with a machine.</summary>
    public static TestExtension Register(Machine machine, Guid? type = null, Func<ProgramData, ProgramData>? change = null)
    {
        TestExtension extension = new(type, change);
        extension.Register(machine);
        return extension;
    }

    public void Register(Machine machine)
    {
        using KernelScope kernel = machine.EnterKernel();
        Assert.Equal(NtStatus.Success, machine.Nmr.Register(kernel.Thread, this));
    }

    public void Deregister(Machine machine)
    {
        using KernelScope kernel = machine.EnterKernel();
        if (machine.Nmr.Deregister(kernel.Thread, this) == NtStatus.Pending)
        {
            machine.Nmr.WaitForDeregister(kernel.Thread, this);
        }
    }

    public override NtStatus AttachClient(KeThread current, NmrBinding binding) => Answer;

    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;

    private static ProgramData Make(Guid type, Func<ProgramData, ProgramData>? change)
    {
        ProgramTypeDescriptor descriptor = new(
            "test", new ContextDescriptor { Size = sizeof(Context), Data = 0, End = 8, Meta = -1 }, type, BpfProgType.Sample);
        ProgramData data = new(new ProgramInfo(descriptor)
        {
            TypeHelpers =
            [
                new HelperPrototype(DoubleHelper, "test_double", HelperReturnType.Integer, HelperArgumentType.Anything),
                new HelperPrototype(NumberHelper, "test_number", HelperReturnType.Integer) { ImplicitContext = true },
            ],
            GlobalHelpers =
            [
                new HelperPrototype(26, "bpf_get_socket_cookie", HelperReturnType.Integer, HelperArgumentType.PtrToCtx),
            ],
        })
        {
            TypeHelpers =
            [
                static (in call, r1, _, _, _, _) => r1 * 2,
                static (in call, _, _, _, _, _) => ((Context*)call.Context)->Number,
            ],
            GlobalHelpers = [static (in call, _, _, _, _, _) => 0xC00C1E],
            ContextCreate = Create,
            ContextDestroy = Destroy,
        };
        return change?.Invoke(data) ?? data;
    }

    private static EbpfResult Create(KeThread current, ReadOnlySpan<byte> data, ReadOnlySpan<byte> context, out byte* created)
    {
        created = null;
        if (context.Length is not (0 or sizeof(ulong)))
        {
            return EbpfResult.InvalidArgument;
        }

        created = current.Machine.Pool.Allocate((nuint)(sizeof(Context) + data.Length), s_tag);
        Context* made = (Context*)created;
        made->Data = created + sizeof(Context);
        made->End = made->Data + data.Length;
        made->Number = context.IsEmpty ? 0 : Unsafe.ReadUnaligned<ulong>(in context[0]);
        data.CopyTo(new Span<byte>(made->Data, data.Length));
        return EbpfResult.Success;
    }

    private static void Destroy(
        KeThread current, byte* context, Span<byte> data, out int dataLength, Span<byte> contextOut, out int contextLength)
    {
        Context* made = (Context*)context;
        ReadOnlySpan<byte> left = new(made->Data, (int)(made->End - made->Data));
        dataLength = Math.Min(left.Length, data.Length);
        left[..dataLength].CopyTo(data);
        contextLength = contextOut.Length >= sizeof(ulong) ? sizeof(ulong) : 0;
        if (contextLength != 0)
        {
            Unsafe.WriteUnaligned(ref contextOut[0], made->Number);
        }

        current.Machine.Pool.Free(context, s_tag);
    }

    /// <summary>The context.</summary>
    internal struct Context
    {
        public byte* Data;
        public byte* End;
        public ulong Number;
    }
}
