using KernelSim.Protocol;

namespace KernelSim.UserMode.Calls;

/// <summary>What all libbpf-shaped batch calls do: count and options must be reachable first, and the count is written on every way out.</summary>
/// <typeparam name="TBody">What one of them does in between.</typeparam>
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
