using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KernelSim.DocsSite.Docfx;

/// <summary>The settings file of docfx.</summary>
internal static class DocfxSettings
{
    private static readonly JsonSerializerOptions s_format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the file's text. All paths in it are relative to the folder that it lies in, except for those given.</summary>
    /// <param name="assemblies">The folder of the assemblies, with their XML docs and what they reference.</param>
    /// <param name="names">The names of the assemblies whose public types are in the API reference.</param>
    /// <param name="template">The folder of the site's own style, over docfx's modern template.</param>
    /// <param name="output">The folder of the site.</param>
    public static string Make(string assemblies, IEnumerable<string> names, string template, string output)
    {
        JsonObject settings = new()
        {
            ["metadata"] = new JsonArray(new JsonObject
            {
                ["src"] = new JsonArray(new JsonObject
                {
                    ["src"] = assemblies,
                    ["files"] = new JsonArray([.. names.Select(n => JsonValue.Create($"{n}.dll"))]),
                }),
                ["dest"] = "api",
            }),
            ["build"] = new JsonObject
            {
                ["content"] = new JsonArray(new JsonObject { ["files"] = new JsonArray("**/*.md", "**/*.yml") }),
                ["resource"] = new JsonArray(new JsonObject { ["files"] = new JsonArray("**/*.svg", "**/*.png", "slides.html") }),
                ["template"] = new JsonArray("default", "modern", template),
                ["output"] = output,
                ["disableGitFeatures"] = true,
                ["globalMetadata"] = new JsonObject
                {
                    ["_appName"] = "KernelSim",
                    ["_appTitle"] = "KernelSim",
                    ["_appLogoPath"] = "logo.svg",
                    ["_appFaviconPath"] = "logo.svg",
                    ["_appFooter"] = "KernelSim. MIT licence.",
                    ["_lang"] = "en",
                    ["_enableSearch"] = true,
                    ["_disableContribution"] = true,
                },
            },
            // Not found are assemblies of packages that a package was compiled against and does not bring. No public type of ours names them.
            ["rules"] = new JsonObject { ["InvalidAssemblyReference"] = "info" },
        };
        return settings.ToJsonString(s_format) + "\n";
    }
}
