# Completes the words of kernelsim in PowerShell. The tool itself is asked for them at each press of Tab.
#   kernelsim completion pwsh | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName kernelsim -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $elements = @($commandAst.CommandElements)
    $words = @($elements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { "$_" })

    # Before version 7.3 an empty word is lost on the way to a program unless it is quoted twice.
    $isOld = $PSVersionTable.PSVersion -lt [version]'7.3'
    $words += if ($wordToComplete -eq '' -and $isOld) { '""' } else { "$wordToComplete" }

    # What an option's value is completed to stands behind the option, in the same word.
    $kept, $path = if ($wordToComplete -match '^(--[^=]+=)(.*)$') { $Matches[1], $Matches[2] } else { '', "$wordToComplete" }
    $behind = {
        [System.Management.Automation.CompletionResult]::new($kept + $_.CompletionText, $_.ListItemText, $_.ResultType, $_.ToolTip)
    }

    & "$($elements[0])" complete '--' $words 2>$null | ForEach-Object {
        $word, $means = $_ -split "`t", 2
        switch ($word) {
            ':files' { [System.Management.Automation.CompletionCompleters]::CompleteFilename($path) | ForEach-Object $behind }
            ':folders' {
                [System.Management.Automation.CompletionCompleters]::CompleteFilename($path) |
                    Where-Object ResultType -EQ 'ProviderContainer' | ForEach-Object $behind
            }
            ':commands' { [System.Management.Automation.CompletionCompleters]::CompleteCommand($path) }
            default {
                if (-not $means) { $means = $word }
                [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $means)
            }
        }
    }
}
