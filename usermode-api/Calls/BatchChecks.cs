using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode.Calls;

/// <summary>The checks between a map's definition and the first message, in upstream's order.</summary>
internal static class BatchChecks
{
    /// <summary>A lookup: the map has keys and values, the value's size does not overflow, a record fits a reply.</summary>
    public static bool RequireLookup(ApiCall call, MapShape shape, out BatchLayout layout)
    {
        layout = default;
        if (!RequireSizes(call, shape) || !call.RequireLayout(shape))
        {
            return false;
        }

        layout = shape.LookupBatch(call.Traits.ScalesBatchLookups);
        return RequireFit(call, layout.LookupsPerMessage, layout.RecordBytes, MapGetNextKeyValueBatchReply.TailOffset);
    }

    /// <summary>An update: the map has keys and values, there is at least one element, a record fits a request.</summary>
    public static bool RequireUpdate(ApiCall call, MapShape shape, uint count, out BatchLayout layout)
    {
        layout = default;
        if (!RequireSizes(call, shape)
            || !call.Require(count != 0, CheckTable.ApiBatchCount, "count", count, 1)
            || !call.RequireLayout(shape))
        {
            return false;
        }

        layout = shape.Batch;
        return RequireFit(call, layout.UpdatesPerMessage, layout.RecordBytes, MapUpdateElementBatchRequest.TailOffset);
    }

    /// <summary>A delete: the map has keys and values, there is at least one element, a key fits a request.</summary>
    public static bool RequireDelete(ApiCall call, MapShape shape, uint count, out BatchLayout layout)
    {
        layout = shape.DeleteBatch;
        return RequireSizes(call, shape)
            && call.Require(count != 0, CheckTable.ApiBatchCount, "count", count, 1)
            && RequireFit(call, layout.DeletesPerMessage, layout.KeySize, MapDeleteElementBatchRequest.TailOffset);
    }

    private static bool RequireSizes(ApiCall call, MapShape shape) =>
        call.Require(
            shape.KeySize != 0 && shape.ValueSize != 0,
            CheckTable.ApiBatchZeroSize,
            "smaller of key_size and value_size",
            Math.Min(shape.KeySize, shape.ValueSize),
            1);

    private static bool RequireFit(ApiCall call, int elementsPerMessage, long elementBytes, int fixedPart)
    {
        int room = EbpfDevice.MaxMessageBytes - fixedPart;
        return call.Require(elementsPerMessage >= 1, CheckTable.ApiBatchRecordFits, "bytes of one element", elementBytes, room);
    }
}
