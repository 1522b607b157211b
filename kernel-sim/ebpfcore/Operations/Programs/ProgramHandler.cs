using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>A handler of a request about one program, whose handle is right after the header.</summary>
internal abstract unsafe class ProgramHandler(EbpfOperationId id) : ProtocolHandler(id)
{
    /// <inheritdoc/>
    public sealed override EbpfResult Handle(in ProtocolCall call)
    {
        EbpfResult result = Prepare(call);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        NtHandle handle = Unsafe.ReadUnaligned<NtHandle>(call.Request + OperationHeader.ByteCount);
        result = call.Reference(handle, EbpfObjectType.Program, out EbpfObject? @object);
        if (@object is not EbpfProgram program)
        {
            return result;
        }

        call.Current.NoteObject(program.Id);
        result = Handle(call, program);
        if (result != EbpfResult.Pending)
        {
            program.Release(call.Current);
        }

        return result;
    }

    /// <summary>The checks that upstream makes before it looks up the program.</summary>
    protected virtual EbpfResult Prepare(in ProtocolCall call) => EbpfResult.Success;

    /// <summary>
    /// Serves the request; the program is referenced for its duration. A handler that returns <see cref="EbpfResult.Pending"/> takes over the
    /// reference.
    /// </summary>
    protected abstract EbpfResult Handle(in ProtocolCall call, EbpfProgram program);
}
