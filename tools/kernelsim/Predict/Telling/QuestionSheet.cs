using System.Net;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Rendering;

namespace KernelSim.Tool.Predict.Telling;

/// <summary>Questions to print: one HTML file without references to others, the answers on a page of their own.</summary>
internal static class QuestionSheet
{
    private const string Style =
        """
        :root { color-scheme: light; }
        body { font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #111; background: #fff; max-width: 46em; margin: 2em auto; padding: 0 1em; }
        h1 { font-size: 1.5em; margin: 0; }
        h2 { font-size: 1.05em; margin: 0 0 .4em; }
        h2 small, .dim { font-weight: normal; color: #555; }
        header { display: flex; gap: 2em; align-items: end; border-bottom: 1.5pt solid #111; padding-bottom: .6em; }
        header h1 { flex: 1; }
        .field { border-bottom: .7pt solid #777; min-width: 11em; color: #555; font-size: .85em; }
        section { margin: 1.6em 0; break-inside: avoid; }
        p { margin: .4em 0; }
        pre, code, .code, td { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 8.5pt; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f3f3f0; border-left: 2.5pt solid #999; }
        pre { padding: .5em .8em; margin: .5em 0; }
        ol.choices { margin: .4em 0; }
        .write { color: #555; font-size: .85em; display: flex; gap: .8em; align-items: end; margin-top: .8em; }
        .write i { flex: 1; border-bottom: .7pt solid #777; height: 1.6em; }
        .answers { break-before: page; }
        .labelled { display: flex; gap: .8em; }
        .labelled b { min-width: 4.5em; }
        .labelled span { overflow-wrap: anywhere; }
        .answer { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-weight: bold; }
        figure { margin: .5em 0; }
        figcaption { font-size: .8em; color: #555; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; }
        td, th { text-align: left; padding: 0 .5em 0 0; font-size: 7pt; vertical-align: top; font-weight: normal; }
        th { color: #555; }
        .number { text-align: right; }
        .bad { font-weight: bold; }
        @media print { body { margin: 0; max-width: none; padding: 0; } }
        @page { margin: 17mm 15mm; }
        """;

    /// <summary>Writes the sheet.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="questions">The questions, in their order.</param>
    public static void Write(TextWriter writer, IReadOnlyList<PosedQuestion> questions)
    {
        writer.Write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        writer.Write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        writer.Write($"<title>Predict: seed {questions[0].Seed}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n");
        writer.Write("<header><h1>What does the machine do?</h1><span class=\"field\">Name</span><span class=\"field\">Date</span></header>\n");
        for (int i = 0; i < questions.Count; i++)
        {
            WriteQuestion(writer, i + 1, questions[i]);
        }

        writer.Write("<div class=\"answers\">\n<header><h1>Answers</h1></header>\n");
        for (int i = 0; i < questions.Count; i++)
        {
            WriteAnswer(writer, i + 1, questions[i]);
        }

        writer.Write("</div>\n</body>\n</html>\n");
    }

    private static void WriteQuestion(TextWriter writer, int number, PosedQuestion posed)
    {
        Question question = posed.Question;
        writer.Write($"<section>\n{Heading(number, posed)}<p>{Text(question.Setting)}</p>\n<pre>");
        writer.Write(string.Join('\n', question.Listing.Select(Breakable)));
        writer.Write($"</pre>\n<p>{Text(question.Asked)}</p>\n");
        if (question.Choices.Count > 0)
        {
            writer.Write($"<ol class=\"choices\">{string.Concat(question.Choices.Select(c => $"<li>{Text(c)}</li>"))}</ol>\n");
        }

        writer.Write($"<p class=\"write\"><span>{Text(question.Form.Expected)}</span><i></i></p>\n</section>\n");
    }

    private static void WriteAnswer(TextWriter writer, int number, PosedQuestion posed)
    {
        writer.Write($"<section>\n{Heading(number, posed)}");
        writer.Write($"<p class=\"labelled\"><b>Answer</b><span class=\"answer\">{Text(posed.SpelledAnswer)}</span></p>\n");
        writer.Write($"{HtmlRenderer.Render(posed.Explain(isNarrow: false))}</section>\n");
    }

    private static string Heading(int number, PosedQuestion posed) =>
        $"<h2>{number}. {Text(posed.Topic.Name)} <small>seed {posed.Seed}</small></h2>\n";

    /// <summary>A line of a listing, which may go on below itself before a field.</summary>
    private static string Breakable(string line) => Text(line).Replace(",&quot;", ",<wbr>&quot;", StringComparison.Ordinal);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
