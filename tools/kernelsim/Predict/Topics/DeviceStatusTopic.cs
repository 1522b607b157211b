using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Tool.Predict.Questions;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>The NTSTATUS of a message that is sent without the library.</summary>
internal sealed class DeviceStatusTopic : ITopic
{
    private const int ReplyBytes = 12;

    /// <inheritdoc/>
    public string Name => "device-status";

    /// <inheritdoc/>
    public string Predicts => "which NTSTATUS a raw request ends with";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        int maps = draw.Number(1, 3);
        int reply = ReplyBytes;
        int length = ReplyBytes;
        EbpfOperationId operation = draw.OneOf(EbpfOperationId.GetNextMapId, EbpfOperationId.GetNextMapId, EbpfOperationId.GetNextProgramId);
        int id = (int)operation;
        int sent = ReplyBytes;
        int start = draw.Number(0, maps + 2);
        switch (draw.Number(0, 5))
        {
            case 0:
                reply = draw.Number(0, ReplyBytes - 1);
                break;
            case 1:
                length = draw.Number(0, 20);
                break;
            case 2:
                sent = draw.Number(1, ReplyBytes);
                break;
            case 3:
                id = draw.Number(60, 200);
                break;
        }

        string message = (CallLine.Le(length, 2) + CallLine.Le(0, 2) + CallLine.Le(id, 4) + CallLine.Le(start, 4))[..(2 * sent)];
        return new ScriptQuestion(
            new MachineSettings { Cpus = 4 },
            [
                .. Enumerable.Range(1, maps).Select(i => CallLine.Create("hash", $"m{i}", 4, 4, 8)),
                CallLine.Of("gate_ioctl", ("message", message), ("reply_size", reply)),
            ],
            $"The message is sent to the driver as it is: a length of 2 bytes, 2 unused, an operation of 4 "
                + $"({(int)EbpfOperationId.GetNextMapId} is the next map's "
                + $"id, {(int)EbpfOperationId.GetNextProgramId} the next program's), and the id after which to look, 4 bytes. Ids of maps "
                + "begin at 2. "
                + "Which NTSTATUS does the request end with?",
            AnswerForm.Status,
            played => played.Text("status"),
            played => played.Check is { Length: > 0 } check
                ? $"{RefusalWords.Of(played, check)} Its status is {CheckTable.Find(check)!.Status.Name}."
                : $"The message passes all checks, and the operation ends with {played.Text("status")}: the reply is "
                    + (played.Text("reply") is { Length: > 0 } bytes ? $"{bytes}." : "empty."));
    }
}
