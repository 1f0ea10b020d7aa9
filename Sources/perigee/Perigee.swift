import ArgumentParser
@preconcurrency import Glibc
import Workbench

/// The command: runs a script, a text, or a prompt.
@main
struct Perigee: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "perigee", abstract: "A workbench for mixture models and the EM algorithm.",
    usage: """
      perigee [options] [script.lua [arguments]]
      perigee [options] -e CODE [-i]
      perigee help [NAME]
      perigee api --luals DIR | --luacheck | --markdown DIR | --json
      """,
    discussion: "Without a script, opens a prompt, or runs a script from standard input where that is no terminal.",
    version: "perigee \(version)")

  // A text may begin with a comment, which looks like an option.
  @Option(
    name: .customShort("e"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run this text; may be given again.", valueName: "code"))
  var texts: [String] = []

  @Flag(name: .customShort("i"), help: "Stay at a prompt afterwards.")
  var isInteractive = false

  @Option(help: ArgumentHelp("Seed of the default random stream.", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Threads to use, by default one per processor.", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("The most memory for arrays, and for Lua's own values.", valueName: "MiB"))
  var memory: Int?

  @Flag(name: .customLong("no-init"), help: "Do not run ~/.config/perigee/init.lua before the prompt.")
  var skipsStartUp = false

  @Flag(help: "No progress on standard error.")
  var quiet = false

  @Argument(help: "A script and its arguments, which it finds in the global `arg`; or recipe, or help.")
  var script: [String] = []

  func validate() throws {
    if let memory, memory < 1 || memory > 1 << 40 {
      throw ValidationError("--memory must be an integer from 1, got \(memory)")
    }
    if let threads, threads < 1 { throw ValidationError("--threads must be an integer from 1, got \(threads)") }
  }

  /// Exit status 2 is a wrong command line.
  static func main() {
    do {
      let command = try parse(terminated(Array(CommandLine.arguments.dropFirst())))
      Glibc.exit(command.perform())
    } catch {
      let isHelp = exitCode(for: error) == .success
      fputs(fullMessage(for: error) + "\n", isHelp ? stdout : stderr)
      Glibc.exit(isHelp ? 0 : 2)
    }
  }

  /// What follows the script's name is the script's: a terminator goes before it.
  private static func terminated(_ arguments: [String]) -> [String] {
    var i = 0
    while i < arguments.count, arguments[i].hasPrefix("-"), arguments[i] != "-", arguments[i] != "--" {
      i += ["-e", "--seed", "--threads", "--memory"].contains(arguments[i]) ? 2 : 1
    }
    // Of the last option the value is missing, which is for the parser to say.
    guard i <= arguments.count else { return arguments }
    return arguments[..<i] + (arguments.dropFirst(i).first == "--" ? [] : ["--"]) + arguments[i...]
  }

  /// Everything that was asked for, in order; the exit status.
  private func perform() -> Int32 {
    if script.first == "api" { return APICommand.run(Array(script.dropFirst())) }
    if script.first == "help" { return showHelp(Array(script.dropFirst())) }
    do {
      return try Session.open(
        SessionOptions(seed: seed, threads: threads, isQuiet: quiet, memoryLimit: (memory ?? 0) << 20), run)
    } catch {
      return fail("not enough memory")
    }
  }

  private func run(_ session: Session) -> Int32 {
    session.interrupt(onSignal: SIGINT)
    session.setArguments(script: script.first ?? "", Array(script.dropFirst()))
    do {
      if script.first == "recipe" { try session.run(.text("os.exit(recipe.command(arg))", name: "=recipe")) }
      for text in texts { try session.run(.text(text, name: "=command line")) }
      if let path = script.first {
        try session.run(path == "-" ? .file(nil) : .file(path))
      } else if texts.isEmpty && isatty(STDIN_FILENO) == 0 && !isInteractive {
        try session.run(.file(nil))
      }
      if isInteractive || (texts.isEmpty && script.isEmpty && isatty(STDIN_FILENO) != 0) {
        return Prompt(session).run(startUp: skipsStartUp ? nil : Places.startUp)
      }
      return 0
    } catch {
      return report(error)
    }
  }

  private func report(_ failure: ScriptFailure) -> Int32 {
    switch failure.cause {
    case .exit(let status): return status
    case .interrupted:
      fputs("perigee: interrupted\n", stderr)
      return 130
    case .error, .syntax:
      return fail(failure.traceback.isEmpty ? failure.message : "\(failure.message)\n\(failure.traceback)")
    }
  }

  private func showHelp(_ names: [String]) -> Int32 {
    guard let name = names.first else {
      print(help() ?? "")
      return 0
    }
    guard let page = help(on: name) else {
      return fail("nothing is known of '\(name)'; perigee help lists the modules")
    }
    print(page)
    return 0
  }

  private func fail(_ message: String) -> Int32 {
    fflush(stdout)
    fputs("perigee: \(message)\n", stderr)
    return 1
  }
}
