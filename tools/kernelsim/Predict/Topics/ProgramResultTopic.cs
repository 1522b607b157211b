using KernelSim.Tool.Predict.Questions;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>What a small C program returns: numbers of 32 bits wrap around.</summary>
internal sealed class ProgramResultTopic : ITopic
{
    /// <inheritdoc/>
    public string Name => "program-result";

    /// <inheritdoc/>
    public string Predicts => "what a C program returns in r0";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        List<CStatement> statements = [CStatement.Start(draw.OneOf(draw.Number(1, 99), draw.Number(1000, 70000)))];
        int count = draw.Number(3, 6);
        while (statements.Count <= count)
        {
            statements.Add(draw.Number(0, 8) switch
            {
                0 => CStatement.Assign("+=", draw.Number(1, 300)),
                1 => CStatement.Assign("-=", draw.OneOf(draw.Number(1, 99), 100_000)),
                2 => CStatement.Assign("*=", draw.Number(2, 12)),
                3 => CStatement.Assign("<<=", draw.Number(1, 8)),
                4 => CStatement.Assign(">>=", draw.Number(1, 6)),
                5 => CStatement.Assign("&=", draw.OneOf(0xff, 0xffff, 0x0f, 0xf0)),
                6 => CStatement.Assign("^=", draw.Number(1, 255)),
                7 => CStatement.Assign("%=", draw.Number(5, 64)),
                _ => CStatement.When(draw.OneOf(">", "<", "=="), draw.Number(1, 500), CStatement.Assign(draw.OneOf("+=", "-="), draw.Number(1, 50))),
            });
        }

        return new ProgramQuestion(statements);
    }
}
