using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    private int Batch<TBody>(ulong count, ulong options, TBody body, [CallerMemberName] string function = "")
        where TBody : struct, IBatchCall => Call(new BatchCall<TBody>(count, options, body), function);
}

/// <summary>
/// The common part of all libbpf-shaped batch calls: checks that count and options are accessible, and writes the count at the end.
/// </summary>
/// <typeparam name="TBody">The part that is specific to one of them.</typeparam>
internal readonly struct BatchCall<TBody>(ulong count, ulong options, TBody body) : ILibraryCall
    where TBody : struct, IBatchCall
{
    /// <inheritdoc/>
    public int Descriptor => body.Descriptor;

    private BatchArguments Arguments => new(count, options, body.Sites);

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => Arguments.Peek(call);

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        BatchArguments arguments = Arguments;
        return arguments.RequireReachable(call) ? arguments.Leave(call, body.Run(call, arguments)) : call.Refused;
    }
}
