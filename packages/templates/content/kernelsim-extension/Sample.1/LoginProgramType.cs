using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace SampleNamespace;

/// <summary>Provides the program type: its context and a helper. Programs of the type can be loaded while this is registered.</summary>
internal sealed unsafe class LoginProgramType() : NmrProvider(EbpfNpi.ProgramInfo, s_type, s_data)
{
    /// <summary>The type's GUID, made for this project; the attribute of its programs names it.</summary>
    public const string Type = "5a1a3d0c-3c46-4f4b-8b0e-6a2f9d1c7e01";

    /// <summary>The id of <c>login_attempt_limit</c>: the most attempts that a user may have.</summary>
    public const uint AttemptLimit = HelperPrototype.FirstTypeSpecificId + 1;

    private static readonly Guid s_type = new(Type);

    // A context without data pointers: it is all that programs see.
    private static readonly ContextDescriptor s_context = new() { Size = LoginContext.ByteCount, Data = -1, End = -1, Meta = -1 };

    private static readonly ProgramData s_data = new(
        new ProgramInfo(new ProgramTypeDescriptor("login", s_context, s_type, BpfProgType.Unspec))
        {
            TypeHelpers = [new HelperPrototype(AttemptLimit, "login_attempt_limit", HelperReturnType.Integer) { ImplicitContext = true }],
        })
    {
        TypeHelpers = [LimitOf],
        RequiredIrql = Irql.Dispatch,
    };

    /// <summary>The GUID of the type.</summary>
    public static Guid Id => s_type;

    /// <summary>A program of the type is being created: there is nothing to keep for it.</summary>
    public override NtStatus AttachClient(KeThread current, NmrBinding binding) => NtStatus.Success;

    /// <summary>The program or this provider goes away: the helper is no longer called through this binding.</summary>
    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;

    /// <summary>The helper, in register form. User 0, the administrator, may try more often.</summary>
    private static ulong LimitOf(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        ((LoginContext*)call.Context)->User == 0 ? 10UL : 3UL;
}
