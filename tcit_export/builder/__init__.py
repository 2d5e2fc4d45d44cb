"""From a project to its outputs. (Named so because `tcit_export.build` is the public function.)"""
