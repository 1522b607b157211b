using KernelSim.Protocol.Messages;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>What a request for elements of a map looks like: the fixed parts of its messages.</summary>
/// <param name="Op">The line's op.</param>
/// <param name="RequestBytes">Bytes of the request before keys and values.</param>
/// <param name="ReplyBytes">Bytes of the reply before keys and values; 0 if there is no reply.</param>
/// <param name="Carries">What the request carries after them, and then the reply.</param>
internal sealed record MapRequestHint(string Op, int RequestBytes, int ReplyBytes, string Carries)
{
    /// <summary>The calls that are asked about, without their batches' own cases.</summary>
    public static IReadOnlyList<MapRequestHint> All { get; } =
    [
        new("map_lookup_elem", MapFindElementRequest.TailOffset, MapFindElementReply.TailOffset, "the key goes in, the value comes out"),
        new("map_get_next_key", MapGetNextKeyRequest.TailOffset, MapGetNextKeyReply.TailOffset, "a key goes in, a key comes out"),
        new("map_update_elem", MapUpdateElementRequest.TailOffset, 0, "key and value go in"),
        new("map_delete_elem", MapDeleteElementRequest.TailOffset, 0, "the key goes in"),
        new("map_delete_batch", MapDeleteElementBatchRequest.TailOffset, 0, "the keys go in"),
    ];

    /// <summary>The fixed parts in a sentence.</summary>
    public string Sentence => $"Such a request has {RequestBytes} bytes of header, handle and options"
        + (ReplyBytes == 0 ? ", and no reply" : $", its reply {ReplyBytes} of header")
        + $"; {Carries}.";
}
