using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Dispatch;

/// <summary>A handler of a request about one program, whose handle lies right behind the header.</summary>
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

        result = Handle(call, program);
        if (result != EbpfResult.Pending)
        {
            program.Release(call.Current);
        }

        return result;
    }

    /// <summary>Checks what upstream checks before it looks the program up.</summary>
    protected virtual EbpfResult Prepare(in ProtocolCall call) => EbpfResult.Success;

    /// <summary>
    /// Serves the request; the program is referenced meanwhile. Who answers <see cref="EbpfResult.Pending"/> takes the reference over.
    /// </summary>
    protected abstract EbpfResult Handle(in ProtocolCall call, EbpfProgram program);
}
