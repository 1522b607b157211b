using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Story.Traces;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>Descriptors are reused, ids are not.</summary>
internal sealed class DescriptorTopic : ITopic
{
    /// <inheritdoc/>
    public string Name => "descriptor";

    /// <inheritdoc/>
    public string Predicts => "which descriptor or which object id comes next";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        List<string> open = [];
        List<string> lines = [];
        int steps = draw.Number(4, 9);
        while (lines.Count < steps)
        {
            int kind = open.Count == 0 ? 0 : draw.Number(0, 4);
            if (kind <= 1)
            {
                string name = $"m{lines.Count + 1}";
                lines.Add(CallLine.Create(draw.OneOf("hash", "array"), name, 4, 8, 16));
                open.Add(name);
            }
            else if (kind == 2)
            {
                string name = $"d{lines.Count + 1}";
                lines.Add(CallLine.Of("dup", ("as", name), ("fd", draw.OneOf<string>(open))));
                open.Add(name);
            }
            else
            {
                string closed = draw.OneOf<string>(open);
                open.Remove(closed);
                lines.Add(CallLine.Of("close", ("fd", closed)));
            }
        }

        bool asksForId = draw.Number(0, 1) == 0;
        lines.Add(CallLine.Create("hash", "last", 4, 8, 16));
        if (asksForId)
        {
            lines.Add(CallLine.Of("obj_get_info_by_fd", ("fd", "last")));
        }

        return new ScriptQuestion(
            new MachineSettings { Cpus = 4 },
            lines,
            asksForId ? "Which id does the last line show for the map \"last\"?" : "Which descriptor does the last line return?",
            AnswerForm.Number,
            played => Words.N(played.Number(asksForId ? "id" : "ret")),
            played => asksForId
                ? "Ids count objects from the first one of the machine and are never used again. A second descriptor of an object has its id."
                : $"A new descriptor is the lowest that is free: {played.Number("ret")}. Closing one frees its number, whatever the object's id.");
    }
}
